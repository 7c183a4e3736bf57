import type { Provider } from './manifest.ts'

/** How one engine runs. */
export interface EngineInfo {
  readonly provider: Provider
  /** Precision: "int8", or "int8 and fp32" where the graphs differ. */
  readonly variant: string
  readonly threads: number
  /** GPU vendor and architecture as the adapter tells, or null. */
  readonly adapter: string | null
  /** Why this provider, in a short sentence: e.g. "software adapter counts as no GPU". */
  readonly note: string
  readonly parityCosine: number | null
  /** When the self-test was passed, milliseconds since 1970: with this load, or remembered from an earlier one. */
  readonly testedAt: number | null
  /** Told once: why another variant runs than the one that the pack prefers; null where it is that one. */
  readonly fallback: string | null
  readonly loadMs: number
}
