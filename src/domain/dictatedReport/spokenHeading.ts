import type { ReportSectionId } from './reportSections.ts'

/** `findings`: the sections by organ, each sentence where it belongs. */
export type Heading = ReportSectionId | 'findings'

const HEADINGS: readonly (readonly [RegExp, Heading])[] = [
  [/^(impression|conclusion|summary|opinion)\b/i, 'impression'],
  [/^(technique|protocol|procedure)\b/i, 'technique'],
  [/^comparison\b/i, 'comparison'],
  [/^findings\b/i, 'findings'],
]

/** "Comparison with the prior shows …", "Findings are …" begin a sentence and head nothing. */
const GOES_ON =
  /^\s+(with|to|of|in|is|are|was|were|has|have|shows?|includes?|suggests?|suggestive|consistent|compatible|concerning|that|as|above|below|described)\b/i

/** The heading that a sentence begins with, and what is left of it; null where it has none. */
export function readHeading(sentence: string): { readonly heading: Heading; readonly rest: string } | null {
  for (const [form, heading] of HEADINGS) {
    const found = form.exec(sentence)
    if (!found) continue
    const behind = sentence.slice(found[0].length)
    if (GOES_ON.test(behind)) return null
    return { heading, rest: behind.replace(/^[\s:.,;–-]+/, '') }
  }
  return null
}
