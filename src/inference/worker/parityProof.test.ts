import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { ParityProbe } from '../../domain/model/manifest.ts'
import type { ParityProof } from '../parityProofs.ts'
import { findRuntimeVersion } from './ortRuntime.ts'
import { repeatVoxels } from './parityProbe.ts'
import { type Proven, proveParity, toProofKey } from './parityProof.ts'

vi.mock('./ortRuntime.ts', () => ({ findRuntimeVersion: vi.fn(async () => '1.30.0') }))

const file = (letter: string) => ({ file: 'x.onnx', bytes: 1, sha256: letter.repeat(64) })
const PROBE: ParityProbe = { input: { kind: 'file', ...file('f'), shape: [1] }, expected: [1], minCosine: 0.99 }
const PROVEN: Proven = {
  provider: 'webgpu',
  adapter: 'nvidia hopper',
  variants: ['fp16', 'fp32'],
  files: [{ ...file('a'), external: [file('b')], slabs: 2 }, file('c')],
  probe: PROBE,
}

/** A shelf in memory whose content a test can look at. */
function createProofs() {
  const kept = new Map<string, ParityProof>()
  return {
    kept,
    find: async (key: string) => kept.get(key) ?? null,
    keep: async (key: string, proof: ParityProof) => void kept.set(key, proof),
  }
}

describe('toProofKey', () => {
  const changes: Record<string, Partial<Proven>> = {
    'another provider': { provider: 'wasm' },
    'another GPU': { adapter: 'apple metal-3' },
    'another precision': { variants: ['q4', 'fp32'] },
    'another graph': { files: [{ ...PROVEN.files[0], sha256: 'd'.repeat(64) }, file('c')] },
    'another external file': { files: [{ ...PROVEN.files[0], external: [file('e')] }, file('c')] },
    'other slabs': { files: [{ ...PROVEN.files[0], slabs: 4 }, file('c')] },
    'another expectation': { probe: { ...PROBE, expected: [0.5] } },
  }
  for (const [name, change] of Object.entries(changes))
    it(`is another one with ${name}`, async () => {
      expect(await toProofKey({ ...PROVEN, ...change })).not.toBe(await toProofKey(PROVEN))
    })

  it('is another one with another runtime', async () => {
    const key = await toProofKey(PROVEN)
    vi.mocked(findRuntimeVersion).mockResolvedValueOnce('1.31.0')
    expect(await toProofKey(PROVEN)).not.toBe(key)
  })

  it('is the same for the same, and another one in another browser', async () => {
    const key = await toProofKey(PROVEN)
    expect(await toProofKey(structuredClone(PROVEN))).toBe(key)
    vi.stubGlobal('navigator', { userAgent: 'another browser' })
    expect(await toProofKey(PROVEN)).not.toBe(key)
    vi.unstubAllGlobals()
  })
})

describe('proveParity', () => {
  beforeEach(() => {
    vi.useFakeTimers()
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  const taking = (ms: number, cosine: number) => async () => {
    vi.advanceTimersByTime(ms)
    return cosine
  }
  const never = async (): Promise<number> => {
    throw new Error('was tested again')
  }

  it('runs a long self-test once and takes it for passed from then on', async () => {
    const proofs = createProofs()
    vi.setSystemTime(1_700_000_000_000)
    await proveParity(PROVEN, proofs, 0.99, taking(40_000, 0.995))
    expect(await proveParity(PROVEN, proofs, 0.99, never)).toEqual({ cosine: 0.995, testedAt: 1_700_000_040_000 })
  })

  it('runs a short one every time', async () => {
    const proofs = createProofs()
    await proveParity(PROVEN, proofs, 0.99, taking(200, 1))
    expect(proofs.kept.size).toBe(0)
  })

  it('does not remember one that was failed, or that gave no number', async () => {
    const proofs = createProofs()
    expect((await proveParity(PROVEN, proofs, 0.99, taking(40_000, 0.5))).cosine).toBe(0.5)
    await proveParity(PROVEN, proofs, 0.99, taking(40_000, Number.NaN))
    expect(proofs.kept.size).toBe(0)
  })

  it('tests again what now needs more than was proven', async () => {
    const proofs = createProofs()
    await proveParity(PROVEN, proofs, 0.99, taking(40_000, 0.995))
    expect((await proveParity(PROVEN, proofs, 0.999, taking(40_000, 0.9999))).cosine).toBe(0.9999)
  })
})

it('repeats every voxel of a probe along each axis', () => {
  const repeated = repeatVoxels(Float32Array.of(1, 2, 3, 4), [2, 1, 2], [1, 2, 3])
  const [first, second] = [
    [1, 1, 1, 2, 2, 2],
    [3, 3, 3, 4, 4, 4],
  ]
  expect([...repeated]).toEqual([...first, ...first, ...second, ...second])
  expect([...repeatVoxels(Float32Array.of(5, 6), [2, 1, 1], [2, 1, 1])]).toEqual([5, 5, 6, 6])
})
