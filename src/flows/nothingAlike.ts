import type { Problem } from '../base/result.ts'
import { toParts } from '../domain/retrieval/query.ts'
import type { PackSession } from '../session/packSession.ts'
import type { StudySession } from '../session/studySession.ts'
import type { SimilarQuery } from '../state/appState.ts'
import { nameSource } from './queryLabel.ts'
import { saysNothing } from './saysNothing.ts'

/*
 * Some case is always the nearest. What a query says nothing with, or what lies farther from all cases than they lie from one
 * another, is told instead of listing those that are nearest by chance.
 */

function mute({ pack }: PackSession, name: string): Problem {
  const { findings, text } = pack.manifest
  const example = text ? `, as in “${text.parity.text}”` : ''
  return {
    code: 'nothing-alike',
    message: `Nothing alike: ${name} says nothing of what this model looks for.`,
    nextStep: `Name one of its ${findings.length} findings${example}`,
  }
}

/** What is known before any case is ranked; null where cases may be alike. */
export function whyNothingAlike(session: PackSession, study: StudySession, query: SimilarQuery): Problem | null {
  const sources = toParts(query).map(({ source }) => source)
  const silent = sources.find((source) => saysNothing(session, study, source))
  return silent ? mute(session, nameSource(session, study, silent)) : null
}

const apart = (best: number, least: number, size: number): Problem => ({
  code: 'nothing-alike',
  message: `Nothing alike: the nearest of ${size} cases has a cosine of ${best.toFixed(2)}; cases of the library have ${least.toFixed(2)} or more to their own nearest one.`,
  nextStep: 'Search by a finding, by a place in the scan or by what was said.',
})

/** Whether the scan lies farther from every case than cases lie from one another. `least`: as of `measureLeastCosine`. */
export function whyTooFar(query: SimilarQuery, best: number, least: number | null, size: number): Problem | null {
  return query.kind === 'ct' && least !== null && best < least ? apart(best, least, size) : null
}
