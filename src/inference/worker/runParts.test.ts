import { describe, expect, it } from 'vitest'
import type { FloatTensor, OrtSession } from './ortSession.ts'
import { type GraphRun, runParts } from './runParts.ts'

/** Adds a number to every element and notes the shape that it was given; the graph halves `volume` axes as a patch embedding does. */
function createSession(add: number, shapes: number[][], toShape = (shape: readonly number[]) => shape): OrtSession {
  return {
    inputNames: ['anything'],
    outputNames: ['tokens'],
    async run({ anything }) {
      shapes.push([...anything.shape])
      const data = Float32Array.from(anything.data as Float32Array, (value) => value + add)
      return { tokens: { data, shape: toShape(anything.shape) } }
    },
    dispose: async () => undefined,
  }
}

const dropChannel = ([, , ...rest]: readonly number[]) => [1, ...rest]
const VOLUME: FloatTensor = { data: Float32Array.from({ length: 24 }, (_, n) => n), shape: [1, 1, 4, 3, 2] }

function createChain(shapes: number[][]): GraphRun[] {
  return [
    { session: createSession(100, shapes, dropChannel), slabs: 2, work: 0.6 },
    { session: createSession(1000, shapes), slabs: 4, work: 0.4 },
    { session: createSession(10000, shapes), slabs: 1, work: 1 },
  ]
}

const watchOf = (signal = new AbortController().signal, onFraction: (fraction: number) => void = () => undefined) => ({
  signal,
  onFraction,
})

describe('runParts', () => {
  it('gives every part its slabs along S and joins what they give', async () => {
    const shapes: number[][] = []
    const { data, shape } = await runParts(createChain(shapes), VOLUME, watchOf())
    expect(shape).toEqual([1, 4, 3, 2])
    expect([...data]).toEqual([...VOLUME.data].map((value) => value + 11100))
    const slabs = [...Array(2).fill([1, 1, 2, 3, 2]), ...Array(4).fill([1, 1, 3, 2]), [1, 4, 3, 2]]
    expect(shapes).toEqual(slabs)
  })

  it('leaves the volume as it was, for a second try', async () => {
    const before = VOLUME.data.slice()
    await runParts(createChain([]), VOLUME, watchOf())
    expect(VOLUME.data).toEqual(before)
  })

  it('tells how far it is by the work of the parts, and ends at 1', async () => {
    const fractions: number[] = []
    await runParts(
      createChain([]),
      VOLUME,
      watchOf(undefined, (fraction) => fractions.push(fraction)),
    )
    const expected = [0.15, 0.3, 0.35, 0.4, 0.45, 0.5, 1]
    expect(fractions.length).toBe(expected.length)
    for (const [n, fraction] of expected.entries()) expect(fractions[n]).toBeCloseTo(fraction, 6)
  })

  it('stops before the next run when a message says so while one is under way', async () => {
    const shapes: number[][] = []
    const { port1, port2 } = new MessageChannel()
    const controller = new AbortController()
    port1.onmessage = () => controller.abort()
    const watch = watchOf(controller.signal, (fraction) => fraction > 0.3 && port2.postMessage('cancel'))
    await expect(runParts(createChain(shapes), VOLUME, watch)).rejects.toMatchObject({ problem: { code: 'cancelled' } })
    expect(shapes.length).toBeLessThan(6)
    port1.close()
  })

  it('runs nothing when it was cancelled before it began', async () => {
    const shapes: number[][] = []
    const running = runParts(createChain(shapes), VOLUME, watchOf(AbortSignal.abort()))
    await expect(running).rejects.toMatchObject({ problem: { code: 'cancelled' } })
    expect(shapes).toEqual([])
  })
})
