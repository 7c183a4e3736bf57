import type { PackSource } from '../engines.ts'

/** The pack as a worker can use it: its address made absolute, because a worker's script lies elsewhere, and nothing
 * else that a caller's richer object may carry, because it would be copied. */
export const toWorkerPack = ({ manifest, baseUrl }: PackSource): PackSource => ({
  manifest,
  baseUrl: new URL(baseUrl, globalThis.location?.href).href,
})
