type Rgb = readonly [number, number, number]

/** Nine even steps through matplotlib's perceptually uniform "inferno" map (CC0), without its darkest quarter. */
const INFERNO: readonly Rgb[] = [
  [87, 16, 110],
  [120, 28, 109],
  [153, 39, 99],
  [188, 55, 84],
  [217, 80, 59],
  [240, 112, 32],
  [251, 155, 6],
  [247, 208, 60],
  [252, 255, 164],
]

const STEPS = 256
/** Below this share nothing is drawn, so that faint contributions do not veil the picture. */
const CLEAR_BELOW = 0.08
/** From this share on, the overlay has its full opacity. */
const FULL_FROM = 0.6

function toColor(share: number): Rgb {
  const position = share * (INFERNO.length - 1)
  const low = Math.min(INFERNO.length - 2, Math.floor(position))
  const mix = (channel: 0 | 1 | 2) =>
    INFERNO[low][channel] + (INFERNO[low + 1][channel] - INFERNO[low][channel]) * (position - low)
  return [mix(0), mix(1), mix(2)]
}

function toAlpha(share: number): number {
  const ramp = Math.min(1, Math.max(0, (share - CLEAR_BELOW) / (FULL_FROM - CLEAR_BELOW)))
  return ramp * ramp * (3 - 2 * ramp)
}

/** Red, green, blue, alpha (0…255, not premultiplied) of 256 even shares of the largest contribution. */
export const HEAT_COLORS: Uint8ClampedArray = Uint8ClampedArray.from({ length: STEPS * 4 }, (_, n) => {
  const share = Math.floor(n / 4) / (STEPS - 1)
  return n % 4 === 3 ? toAlpha(share) * 255 : toColor(share)[(n % 4) as 0 | 1 | 2]
})

/** Paints shares (0…1) into RGBA pixels. */
export function paintHeat(shares: Float32Array, pixels: Uint8ClampedArray): void {
  for (let n = 0; n < shares.length; n++) {
    const color = Math.round(shares[n] * (STEPS - 1)) * 4
    for (let channel = 0; channel < 4; channel++) pixels[n * 4 + channel] = HEAT_COLORS[color + channel]
  }
}
