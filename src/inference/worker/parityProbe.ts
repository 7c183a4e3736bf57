import { ProblemError } from '../../base/result.ts'
import { dotProduct } from '../../domain/embedding/embedding.ts'
import type { ParityProbe } from '../../domain/model/manifest.ts'
import { loadPackFile, orThrow } from '../../packs/fetch/packFiles.ts'

function toFloats(bytes: Uint8Array<ArrayBuffer>, input: ParityProbe['input']): Float32Array {
  if (input.kind === 'file') return new Float32Array(bytes.buffer)
  const stored = input.kind === 'int8-file' ? new Int8Array(bytes.buffer) : new Int16Array(bytes.buffer)
  return Float32Array.from(stored, (value) => value / input.divisor)
}

/** Every voxel of a [a, b, c] volume so many times along each axis, the last axis fastest in memory. */
export function repeatVoxels(
  stored: Float32Array,
  [planes, rows, columns]: readonly number[],
  [alongPlanes, alongRows, alongColumns]: readonly number[],
): Float32Array {
  const rowLength = columns * alongColumns
  const planeLength = rows * alongRows * rowLength
  const repeated = new Float32Array(planes * alongPlanes * planeLength)
  for (let plane = 0; plane < planes; plane++) {
    const planeAt = plane * alongPlanes * planeLength
    for (let row = 0; row < rows; row++) {
      const rowAt = planeAt + row * alongRows * rowLength
      for (let column = 0; column < columns; column++) {
        const at = rowAt + column * alongColumns
        repeated.fill(stored[(plane * rows + row) * columns + column], at, at + alongColumns)
      }
      for (let n = 1; n < alongRows; n++) repeated.copyWithin(rowAt + n * rowLength, rowAt, rowAt + rowLength)
    }
    for (let n = 1; n < alongPlanes; n++) repeated.copyWithin(planeAt + n * planeLength, planeAt, planeAt + planeLength)
  }
  return repeated
}

/** The stored little-endian numbers as the floats they stand for, each as often as the probe says. */
function toProbeInput(bytes: Uint8Array<ArrayBuffer>, input: ParityProbe['input']): Float32Array {
  const stored = toFloats(bytes, input)
  return input.repeat ? repeatVoxels(stored, input.shape, input.repeat) : stored
}

/** Fetches a stored input, checked. Rejects with ProblemError. */
export async function loadStored(baseUrl: string, input: ParityProbe['input']): Promise<Float32Array> {
  return toProbeInput(await orThrow(loadPackFile(baseUrl, input)), input)
}

export const loadProbeInput = (baseUrl: string, { input }: ParityProbe): Promise<Float32Array> =>
  loadStored(baseUrl, input)

/** Cosine between what this device computes and what PyTorch computed; both are unit vectors. */
export const toParityCosine = (embedding: Float32Array, probe: ParityProbe): number =>
  dotProduct(embedding, Float32Array.from(probe.expected))

/** The refusal of a model that computes something else here than in training: no score is better than a wrong one. */
export const parityProblem = (what: string, variant: string, cosine: number, needed: number): ProblemError =>
  new ProblemError({
    code: 'parity-failed',
    message: `The ${what} (${variant}) computes other numbers on this device than in training: cosine ${cosine.toFixed(4)}, needed ${needed}.`,
    nextStep: 'Choose another provider on the model page or another browser; the scores would be wrong here.',
  })

/** fp16 overflow and lost GPU buffers show as NaN or zeros: an embedding that is no unit vector is refused. */
export function checkUnit(embedding: Float32Array, what: string): Float32Array {
  const length = Math.sqrt(dotProduct(embedding, embedding))
  if (Math.abs(length - 1) < 0.01) return embedding
  throw new ProblemError({
    code: 'inference-failed',
    message: `The ${what} gave no unit embedding (length ${length}).`,
    nextStep: 'Choose another provider on the model page, or load the models again.',
  })
}
