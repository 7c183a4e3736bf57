import { beforeEach, describe, expect, it, vi } from 'vitest'
import { ProblemError } from '../../base/result.ts'
import type { EngineInfo } from '../../domain/model/engineInfo.ts'
import type { PackSource } from '../engines.ts'
import { NO_PROOFS } from '../parityProofs.ts'
import { CtInference } from './ctInference.ts'
import type { CtSessions } from './ctSessions.ts'
import { type CheckedCt, openCt } from './openCt.ts'
import type { RunWatch } from './runParts.ts'

vi.mock('./openCt.ts', () => ({ openCt: vi.fn() }))

const PACK = { baseUrl: '', manifest: { ct: { tokenGrid: [1, 1, 2], tokenDimension: 1 } } } as unknown as PackSource
const VOLUME = Float32Array.of(1, 2)

/** Devices that the next sessions get: how many parts of a run each lives through. */
let lives: number[]
let log: string[]

/** Sessions of three parts; on a GPU that dies the run rejects, and the device says that it is lost. */
function createSessions(partsAlive: number, lost: number): CtSessions {
  const isGpu = lost < 2
  let isLost = false
  return {
    gpu: isGpu ? { name: 'gpu', isLost: async () => isLost } : null,
    variant: 'fp32',
    async runTrunk(volume: Float32Array, { signal, onFraction }: RunWatch) {
      for (let part = 1; part <= 3; part++) {
        if (signal.aborted) throw new ProblemError({ code: 'cancelled', message: '', nextStep: '' })
        if (isGpu && part > partsAlive) {
          isLost = true
          throw new ProblemError({ code: 'inference-failed', message: 'OrtRun', nextStep: '' })
        }
        log.push(`part ${part} on ${isGpu ? 'gpu' : 'wasm'} with ${volume.length} voxels`)
        onFraction(part / 3)
      }
      return Float32Array.of(3, 4)
    },
    runEmbedding: async () => Float32Array.of(1),
    dispose: async () => void log.push('dispose'),
  } as unknown as CtSessions
}

let ct: CtInference
let infos: EngineInfo[]

beforeEach(async () => {
  log = []
  infos = []
  vi.mocked(openCt).mockImplementation(async (_, lost): Promise<CheckedCt> => {
    const sessions = createSessions(lives.shift() ?? 3, lost)
    return {
      sessions,
      proof: { cosine: 1, testedAt: 0 },
      note: lost >= 2 ? 'the GPU was lost twice' : '',
      fallback: null,
    }
  })
  ct = new CtInference({ threads: 1, note: '' })
})

const load = () =>
  ct.load(PACK, { provider: 'auto', variant: 'auto' }, () => undefined, {
    onInfo: (info) => infos.push(info),
    proofs: NO_PROOFS,
  })

describe('a GPU device that is lost in the middle of a run', () => {
  it('is replaced, and the whole run is repeated on the new one with the same volume', async () => {
    lives = [1, 3]
    await load()
    const { tokens } = await ct.encode('a', VOLUME)
    expect([...tokens]).toEqual([3, 4])
    const again = [1, 2, 3].map((part) => `part ${part} on gpu with 2 voxels`)
    expect(log).toEqual([again[0], 'dispose', ...again])
    expect(infos.map(({ provider }) => provider)).toEqual(['webgpu'])
  })

  it('is given up for wasm when the second one is lost, too', async () => {
    lives = [1, 2]
    await load()
    await ct.encode('a', VOLUME)
    expect(infos.map(({ provider, note }) => [provider, note])).toEqual([
      ['webgpu', ''],
      ['wasm', 'the GPU was lost twice'],
    ])
    expect(log.slice(-3)).toEqual([1, 2, 3].map((part) => `part ${part} on wasm with 2 voxels`))
  })

  it('counts anew when the user loads again', async () => {
    lives = [1, 1, 3]
    await load()
    await ct.encode('a', VOLUME)
    lives = [1, 3]
    await load()
    await ct.encode('a', VOLUME)
    expect(infos.at(-1)?.provider).toBe('webgpu')
  })

  it('shows that the model is loaded again, then that it encodes', async () => {
    lives = [2, 3]
    await load()
    const told: string[] = []
    vi.mocked(openCt).mockImplementationOnce(async ({ onProgress }, lost) => {
      onProgress('Loading the CT encoder', 0.5)
      return { sessions: createSessions(3, lost), proof: { cosine: 1, testedAt: 0 }, note: '', fallback: null }
    })
    await ct.encode('a', VOLUME, (label, fraction) => told.push(`${label} ${fraction?.toFixed(2)}`))
    expect(told.slice(2)).toEqual([
      'Encoding the scan 0.67',
      'Loading the CT encoder 0.50',
      ...['0.33', '0.67', '1.00'].map((fraction) => `Encoding the scan ${fraction}`),
    ])
  })

  it('ends at once when the run was cancelled meanwhile', async () => {
    lives = [1, 3]
    await load()
    const encoding = ct.encode('a', VOLUME, (_, fraction) => fraction && ct.cancel())
    await expect(encoding).rejects.toMatchObject({ problem: { code: 'cancelled' } })
    expect(log.filter((line) => line.startsWith('part')).length).toBe(1)
  })

  it('leaves an error of a device that lives to the caller', async () => {
    lives = [3]
    await load()
    const failure = new ProblemError({ code: 'inference-failed', message: 'out of memory', nextStep: '' })
    vi.mocked(openCt).mockResolvedValueOnce({
      sessions: {
        ...createSessions(3, 0),
        gpu: { isLost: async () => false },
        runTrunk: () => Promise.reject(failure),
      } as unknown as CtSessions,
      proof: { cosine: 1, testedAt: 0 },
      note: '',
      fallback: null,
    })
    await load()
    await expect(ct.encode('a', VOLUME)).rejects.toBe(failure)
  })
})
