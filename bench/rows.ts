import { formatMs } from './statistics.ts'

/** One line of the bench's table. */
export interface Row {
  readonly what: string
  readonly value: string
  /** Ratio to a named peer in the same run, or empty. */
  readonly peer: string
}

/** Both in milliseconds. */
export const against = (ours: number, peer: number, name: string): string =>
  `${(ours / peer).toFixed(2)} × ${name} (${formatMs(peer)})`
