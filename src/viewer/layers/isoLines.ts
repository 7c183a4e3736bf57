/**
 * Lines along which a raster has a level (marching squares, linear between samples): x and y of both ends of each piece, in
 * samples. Saddles are cut as if the middle were below.
 */
export function traceIsoLines(values: Float32Array, width: number, height: number, level: number): number[] {
  const lines: number[] = []
  for (let y = 0; y + 1 < height; y++)
    for (let x = 0; x + 1 < width; x++) {
      const at = x + width * y
      const [a, b, c, d] = [values[at], values[at + 1], values[at + width + 1], values[at + width]]
      const kind = +(a >= level) + 2 * +(b >= level) + 4 * +(c >= level) + 8 * +(d >= level)
      if (kind === 0 || kind === 15) continue
      const cut = (from: number, to: number) => (level - from) / (to - from)
      const edges = {
        top: () => lines.push(x + cut(a, b), y),
        right: () => lines.push(x + 1, y + cut(b, c)),
        bottom: () => lines.push(x + cut(d, c), y + 1),
        left: () => lines.push(x, y + cut(a, d)),
      }
      for (const edge of EDGES[kind]) edges[edge]()
    }
  return lines
}

type Edge = 'top' | 'right' | 'bottom' | 'left'

/** Edges that the line crosses, two a piece, by which corners (top left, top right, bottom right, bottom left) lie above. */
const EDGES: readonly (readonly Edge[])[] = [
  [],
  ['left', 'top'],
  ['top', 'right'],
  ['left', 'right'],
  ['right', 'bottom'],
  ['left', 'top', 'right', 'bottom'],
  ['top', 'bottom'],
  ['left', 'bottom'],
  ['bottom', 'left'],
  ['top', 'bottom'],
  ['top', 'right', 'bottom', 'left'],
  ['right', 'bottom'],
  ['left', 'right'],
  ['top', 'right'],
  ['left', 'top'],
  [],
]
