/** What a study is told apart and kept by. */
export interface StudyKey {
  /**
   * `study-` and 32 hexadecimal digits of a salted SHA-256: over Patient ID, Study and Series Instance UID and the part
   * of the series for DICOM, over header and voxels for what has no UIDs. `phantom-<seed>` for a phantom.
   */
  readonly id: string
  /** Salted hash of geometry and voxels: tells other content under an equal id. */
  readonly content: string
  /** The id that version 0.3.0 gave to it. It may hold a file's name or a UID: in memory only. */
  readonly legacyId: string
}

/** A phantom is what its seed makes of it; its id has been the same in every version. */
export function toPhantomKey(seed: number): StudyKey {
  const id = `phantom-${seed}`
  return { id, content: id, legacyId: id }
}
