import type { Rgb } from './segmentation.ts'

/** White of the profile connection space (D50), and its XYZ as linear sRGB by Bradford's adaptation (ICC.1, sRGB of IEC 61966-2-1). */
const D50 = [0.9642, 1, 0.8249]
const TO_LINEAR = [
  [3.1338561, -1.6168667, -0.4906146],
  [-0.9787684, 1.9161415, 0.033454],
  [0.0719453, -0.2289914, 1.4052427],
]

/** RecommendedDisplayCIELabValue: L* 0…100, a* and b* −128…127, each as 0…65535 (PS3.3 C.10.7.1.1). */
export function fromCieLab([l, a, b]: Rgb): Rgb {
  const lightness = (l / 65535) * 100
  const fy = (lightness + 16) / 116
  const fx = fy + ((a / 65535) * 255 - 128) / 500
  const fz = fy - ((b / 65535) * 255 - 128) / 200
  const xyz = [fx, fy, fz].map((f, n) => D50[n] * (f > 6 / 29 ? f ** 3 : 3 * (6 / 29) ** 2 * (f - 4 / 29)))
  const [red, green, blue] = TO_LINEAR.map((row) => toByte(row.reduce((sum, one, n) => sum + one * xyz[n], 0)))
  return [red, green, blue]
}

function toByte(linear: number): number {
  const value = linear <= 0.0031308 ? 12.92 * linear : 1.055 * linear ** (1 / 2.4) - 0.055
  return Math.round(255 * Math.min(1, Math.max(0, value)))
}
