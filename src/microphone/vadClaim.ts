import type { VadModel } from './microphone.ts'

interface Claim {
  readonly holder: 'microphone' | 'file'
  readonly released: Promise<void>
}

/** Silero keeps recurrent state, and there is one of it: frames of two recordings in turn would spoil both. */
const claims = new WeakMap<VadModel, Claim>()

export const isHeldByMicrophone = (vad: VadModel) => claims.get(vad)?.holder === 'microphone'

/** Waits until the model is free, takes it, and gives back the function that frees it; freeing twice is harmless. */
export async function claimVad(vad: VadModel, holder: Claim['holder']): Promise<() => void> {
  for (let claim = claims.get(vad); claim; claim = claims.get(vad)) await claim.released
  let markReleased = () => {}
  const released = new Promise<void>((resolve) => {
    markReleased = resolve
  })
  const mine: Claim = { holder, released }
  claims.set(vad, mine)
  return () => {
    if (claims.get(vad) === mine) claims.delete(vad)
    markReleased()
  }
}
