import { ProblemError, toProblem } from '../../base/result.ts'
import type { EngineChoice, PackSource, ReportProgress } from '../engines.ts'
import type { ParityProof, ParityProofs } from '../parityProofs.ts'
import { chooseProvider, type GpuState, type VariantNeeds } from './chooseProvider.ts'
import { CtSessions } from './ctSessions.ts'
import { findGpu, type OpenGpu, openGpu } from './gpuDevice.ts'
import { parityProblem } from './parityProbe.ts'
import { countAttempts, openFirstSound, toFallback } from './variantAttempts.ts'

/** Sessions that passed the self-test, and why they run where they run. */
export interface CheckedCt {
  readonly sessions: CtSessions
  readonly proof: ParityProof
  readonly note: string
  /** Why another variant runs than the one that the pack prefers. */
  readonly fallback: string | null
}

export interface CtRequest {
  readonly pack: PackSource
  readonly choice: EngineChoice
  readonly proofs: ParityProofs
  readonly onProgress: ReportProgress
}

const WHAT = 'CT encoder'

const isGpuFault = (thrown: unknown): boolean =>
  !(thrown instanceof ProblemError) || thrown.problem.code === 'inference-failed'

function countCtAttempts({ pack, choice }: CtRequest, needs: Omit<VariantNeeds, 'choice'>): number {
  const { trunk, head } = pack.manifest.ct
  return countAttempts([trunk, head], { ...needs, choice: choice.variant })
}

/** A load is given up by ending its worker. */
const NEVER = new AbortController().signal

async function openAndProve({ pack, choice, proofs, onProgress }: CtRequest, gpu: OpenGpu | null, attempt: number) {
  const sessions = await CtSessions.open(pack, gpu, { choice: choice.variant, attempt, onProgress })
  const label = `Testing the CT encoder (${sessions.variant})`
  try {
    onProgress(label, null)
    const onFraction = (fraction: number) => onProgress(label, fraction)
    return { sessions, proof: await sessions.prove(proofs, { signal: NEVER, onFraction }) }
  } catch (thrown) {
    await sessions.dispose()
    throw thrown
  }
}

/** Sessions on a new device of the adapter that passed the self-test; or what the GPU did wrong. */
async function tryDevice(request: CtRequest, adapter: GPUAdapter, attempt: number): Promise<CheckedCt | GpuState> {
  let gpu: OpenGpu
  try {
    gpu = await openGpu(adapter)
  } catch (thrown) {
    return { kind: 'device-failed', cause: toProblem(thrown).message }
  }
  try {
    const opened = await openAndProve(request, gpu, attempt)
    const { cosine } = opened.proof
    if (cosine >= opened.sessions.neededCosine) return { ...opened, note: '', fallback: null }
    await opened.sessions.dispose()
    return { kind: 'wrong-numbers', cosine }
  } catch (thrown) {
    gpu.device.destroy()
    if (!isGpuFault(thrown)) throw thrown
    return { kind: 'run-failed', cause: toProblem(thrown).message }
  }
}

const toRefusal = (state: GpuState) => ({
  code: 'inference-failed',
  message: `Of the first variant: ${chooseProvider('webgpu', state).note}.`,
  nextStep: '',
})

/** Half precision overflows on some GPUs: the next variant gets a device of its own, since a failed one is gone. */
async function tryGpu(request: CtRequest, adapter: GPUAdapter): Promise<CheckedCt | GpuState> {
  const attempts = countCtAttempts(request, {
    provider: 'webgpu',
    hasShaderF16: adapter.features.has('shader-f16'),
  })
  const first = await tryDevice(request, adapter, 0)
  if ('sessions' in first || first.kind === 'device-failed') return first
  for (let attempt = 1; attempt < attempts; attempt++) {
    const again = await findGpu()
    if (!again.adapter) return first
    const outcome = await tryDevice(request, again.adapter, attempt)
    if ('sessions' in outcome)
      return { ...outcome, fallback: toFallback(WHAT, outcome.sessions.variant, toRefusal(first)) }
  }
  return first
}

async function openOnWasm(request: CtRequest, note: string): Promise<CheckedCt> {
  const attempts = countCtAttempts(request, { provider: 'wasm', hasShaderF16: false })
  const { opened, refusal } = await openFirstSound(attempts, async (attempt) => {
    const { sessions, proof } = await openAndProve(request, null, attempt)
    if (proof.cosine >= sessions.neededCosine) return { sessions, proof }
    await sessions.dispose()
    throw parityProblem(WHAT, sessions.variant, proof.cosine, sessions.neededCosine)
  })
  return { ...opened, note, fallback: toFallback(WHAT, opened.sessions.variant, refusal) }
}

/**
 * Opens the CT encoder on the best provider that passes the parity probe: WebGPU with each of its variants, then wasm
 * with each of its own. `lost` is how often a device was lost since the user last asked. Rejects with ProblemError when
 * wasm fails too, or when a file of the pack is at fault.
 */
export async function openCt(request: CtRequest, lost: number): Promise<CheckedCt> {
  const wanted = request.choice.provider
  if (wanted === 'wasm') return openOnWasm(request, chooseProvider('wasm', { kind: 'no-api' }).note)
  const found = await findGpu()
  const state: GpuState = lost >= 2 ? { kind: 'lost-twice' } : found.state
  const decision = chooseProvider(wanted, state)
  if (decision.provider === 'wasm' || !found.adapter) return openOnWasm(request, decision.note)
  const outcome = await tryGpu(request, found.adapter)
  if ('sessions' in outcome) return { ...outcome, note: decision.note }
  return openOnWasm(request, chooseProvider(wanted, outcome).note)
}
