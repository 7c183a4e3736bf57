import type { GraphPart, ParityProbe, Provider } from '../../domain/model/manifest.ts'
import type { ParityProof, ParityProofs } from '../parityProofs.ts'
import { findRuntimeVersion } from './ortRuntime.ts'

/** Everything that a self-test depends on: when one of them changes, the proof is of something else. */
export interface Proven {
  readonly provider: Provider
  /** GPU, or null on wasm. */
  readonly adapter: string | null
  readonly variants: readonly string[]
  readonly files: readonly GraphPart[]
  readonly probe: ParityProbe
}

/** A quicker self-test is run at every load: it warms the sessions up, too. */
const WORTH_REMEMBERING_MS = 3000

/** sha256 in hexadecimal digits of what is proven, this browser and this runtime. */
export async function toProofKey({ provider, adapter, variants, files, probe }: Proven): Promise<string> {
  const hashes = files.flatMap(({ sha256, external = [], slabs }) => [
    sha256,
    slabs,
    ...external.map((file) => file.sha256),
  ])
  const browser = globalThis.navigator?.userAgent ?? ''
  const runtime = await findRuntimeVersion(provider)
  const proven = [runtime, browser, provider, adapter, variants, hashes, probe.input, probe.expected]
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(JSON.stringify(proven)))
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** The remembered proof, or that of a self-test that is run now; `measure` gives its cosine. Rejects as `measure` does. */
export async function proveParity(
  proven: Proven,
  proofs: ParityProofs,
  needed: number,
  measure: () => Promise<number>,
): Promise<ParityProof> {
  const key = await toProofKey(proven)
  const known = await proofs.find(key)
  if (known && known.cosine >= needed) return known
  const startedAt = performance.now()
  const proof = { cosine: await measure(), testedAt: Date.now() }
  const isWorth = performance.now() - startedAt >= WORTH_REMEMBERING_MS
  if (isWorth && proof.cosine >= needed) await proofs.keep(key, proof)
  return proof
}
