/** A library on a server that this site offers. */
export interface RemoteLibraryItem {
  readonly title: string
  /** On this site. */
  readonly path: string
  /** The whole address. */
  readonly url: string
  /** `other-model`: the embeddings of the pack in use mean nothing to it. */
  readonly phase: 'other-model' | 'ready' | 'away'
}

export interface RemoteState {
  readonly offered: readonly RemoteLibraryItem[]
  /** Paths of those that the reader has agreed to; kept with the settings. */
  readonly agreed: readonly string[]
  /** Of requests in this visit, and how many. */
  readonly bytesSent: number
  readonly searches: number
  /** Numbers in an embedding of the pack in use. */
  readonly dimension: number
}
