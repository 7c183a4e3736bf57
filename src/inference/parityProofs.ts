/** A self-test that was passed on this device. */
export interface ParityProof {
  readonly cosine: number
  /** Milliseconds since 1970. */
  readonly testedAt: number
}

/** Where passed self-tests are remembered, by what they prove. Neither call rejects. */
export interface ParityProofs {
  find(key: string): Promise<ParityProof | null>
  keep(key: string, proof: ParityProof): Promise<void>
}

/** Remembers nothing. */
export const NO_PROOFS: ParityProofs = { find: async () => null, keep: async () => undefined }
