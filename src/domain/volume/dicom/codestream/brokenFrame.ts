/** A frame that is not what its header and its own markers promise. The message is the cause, to follow the file's name. */
class BrokenFrame extends Error {
  override readonly name = 'BrokenFrame'
}

export function refuse(cause: string): never {
  throw new BrokenFrame(cause)
}

/** What a codestream says of itself. */
export interface CodestreamFacts {
  readonly rows: number
  readonly columns: number
  readonly components: number
  /** Bits of a sample. */
  readonly bits: number
  /** Null where the codec has no sign of its own and the header decides. */
  readonly signed: boolean | null
}
