import type { Finding } from '../../domain/findings/finding.ts'

/** What a person may say first: of the two findings that are most common, one is there and one is not. Null without any. */
export function toExampleSentences(findings: readonly Finding[]): string | null {
  const [common, next] = [...findings].sort((a, b) => b.prevalence - a.prevalence)
  if (!common) return null
  return [`${common.label} is present.`, next && `No ${next.label.toLowerCase()}.`].filter(Boolean).join(' ')
}
