import type { DisplayWindow } from '../tools/windowDrag.ts'

/** Grey of HU in a window, 0…255; what is no number is black. */
export function toGreys(hu: Float32Array, { widthHu, centerHu }: DisplayWindow, rgba: Uint32Array): void {
  const scale = 255 / widthHu
  const offset = 0.5 - (centerHu - widthHu / 2) * scale
  for (let n = 0; n < hu.length; n++) {
    const value = hu[n] * scale + offset
    const grey = value >= 255 ? 255 : value > 0 ? value | 0 : 0
    // Bytes in memory are red, green, blue, alpha on every machine that runs a browser: the lowest comes first.
    rgba[n] = (0xff000000 | (grey << 16) | (grey << 8) | grey) >>> 0
  }
}

/** Draws HU, row by row, on a canvas, which takes their size. */
export function paintGrey(
  canvas: HTMLCanvasElement,
  { width, height }: { readonly width: number; readonly height: number },
  hu: Float32Array,
  window: DisplayWindow,
): void {
  if (canvas.width !== width) canvas.width = width
  if (canvas.height !== height) canvas.height = height
  const image = new ImageData(width, height)
  toGreys(hu, window, new Uint32Array(image.data.buffer))
  canvas.getContext('2d', { alpha: false })?.putImageData(image, 0, 0)
}
