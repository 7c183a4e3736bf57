import { ProblemError, toProblem } from '../base/result.ts'
import { chooseProvider, chooseVariant, type GpuState, type ProviderChoice } from './chooseProvider.ts'
import { CtSessions } from './ctSessions.ts'
import type { PackSource, ReportProgress } from './engines.ts'
import { findGpu, type OpenGpu, openGpu } from './gpuDevice.ts'
import { parityProblem } from './parityProbe.ts'

/** Sessions that passed the self-test, and why they run where they run. */
export interface CheckedCt {
  readonly sessions: CtSessions
  readonly parityCosine: number
  readonly note: string
}

interface Request {
  readonly pack: PackSource
  readonly choice: ProviderChoice
  readonly onProgress: ReportProgress
}

const isGpuFault = (thrown: unknown): boolean =>
  !(thrown instanceof ProblemError) || thrown.problem.code === 'inference-failed'

async function openAndMeasure(request: Request, gpu: OpenGpu | null, allowF16: boolean) {
  const sessions = await CtSessions.open(request.pack, gpu, allowF16, request.onProgress)
  try {
    request.onProgress('Testing the CT encoder', null)
    return { sessions, parityCosine: await sessions.measureParity() }
  } catch (thrown) {
    await sessions.dispose()
    throw thrown
  }
}

/** Sessions on a new device of the adapter that passed the self-test; or what the GPU did wrong. */
async function tryDevice(request: Request, adapter: GPUAdapter, allowF16: boolean): Promise<CheckedCt | GpuState> {
  let gpu: OpenGpu
  try {
    gpu = await openGpu(adapter)
  } catch (thrown) {
    return { kind: 'device-failed', cause: toProblem(thrown).message }
  }
  try {
    const opened = await openAndMeasure(request, gpu, allowF16)
    if (opened.parityCosine >= request.pack.manifest.ct.parity.minCosine) return { ...opened, note: '' }
    await opened.sessions.dispose()
    return { kind: 'wrong-numbers', cosine: opened.parityCosine }
  } catch (thrown) {
    gpu.device.destroy()
    if (!isGpuFault(thrown)) throw thrown
    return { kind: 'run-failed', cause: toProblem(thrown).message }
  }
}

const wouldUseF16 = ({ manifest }: PackSource, adapter: GPUAdapter): boolean =>
  adapter.features.has('shader-f16') &&
  [manifest.ct.trunk, manifest.ct.head].some((graph) => chooseVariant(graph, 'webgpu', true)?.variant === 'fp16')

/** Half precision overflows on some GPUs: what fails with it is tried once more without. */
async function tryGpu(request: Request, adapter: GPUAdapter): Promise<CheckedCt | GpuState> {
  const outcome = await tryDevice(request, adapter, true)
  if ('sessions' in outcome || !wouldUseF16(request.pack, adapter)) return outcome
  const again = await findGpu()
  return again.adapter ? tryDevice(request, again.adapter, false) : outcome
}

async function openOnWasm(request: Request, note: string): Promise<CheckedCt> {
  const opened = await openAndMeasure(request, null, false)
  const { parity } = request.pack.manifest.ct
  if (opened.parityCosine >= parity.minCosine) return { ...opened, note }
  await opened.sessions.dispose()
  throw parityProblem('CT encoder', opened.parityCosine, parity)
}

/**
 * Opens the CT encoder on the best provider that passes the parity probe: WebGPU, WebGPU without fp16, wasm. `lost`
 * is how often a device was lost since the user last asked. Rejects with ProblemError when wasm fails too, or when a
 * file of the pack is at fault.
 */
export async function openCt(request: Request, lost: number): Promise<CheckedCt> {
  if (request.choice === 'wasm') return openOnWasm(request, chooseProvider('wasm', { kind: 'no-api' }).note)
  const found = await findGpu()
  const state: GpuState = lost >= 2 ? { kind: 'lost-twice' } : found.state
  const decision = chooseProvider(request.choice, state)
  if (decision.provider === 'wasm' || !found.adapter) return openOnWasm(request, decision.note)
  const outcome = await tryGpu(request, found.adapter)
  if ('sessions' in outcome) return { ...outcome, note: decision.note }
  return openOnWasm(request, chooseProvider(request.choice, outcome).note)
}
