/** Id of a finding as the manifest of its pack has it (`manifest.ts` tells which letters it may have). */
export type FindingId = string

/** A finding as the pack names it. */
export interface NamedFinding {
  readonly id: FindingId
  readonly label: string
}

/** A finding as the screen knows it. */
export interface Finding extends NamedFinding {
  /** Other words for it. */
  readonly synonyms: readonly string[]
  /** Share of the validation split's cases that have it, 0…1. */
  readonly prevalence: number
}

/**
 * An id in words, for a finding that the pack in use does not have: "pleural_effusion" → "Pleural effusion"; of one that a reader
 * had taught "own-honeycombing-1a2b" → "Honeycombing".
 */
export function readableId(id: FindingId): string {
  const words = id
    .replace(/^own-(.+)-[0-9a-f]{4}$/, '$1')
    .replace(/[_-]+/g, ' ')
    .trim()
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** What the pack calls a finding; the id in words where it does not know it, as in what was said with another pack. */
export const labelOf = (findings: readonly NamedFinding[], id: FindingId): string =>
  findings.find((finding) => finding.id === id)?.label ?? readableId(id)
