export type Phase = 'idle' | 'working' | 'ready' | 'failed'

export interface Progress {
  /** What is being done, e.g. "Decoding slices". */
  readonly label: string
  /** 0…1, or null where the length is unknown. */
  readonly fraction: number | null
  /** Milliseconds that it will still take, where that can be said. */
  readonly remainingMs?: number | null
}
