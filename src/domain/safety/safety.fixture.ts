import type { SeenFinding } from '../findings/seen.ts'
import { toStatement } from '../statements/statement.fixture.ts'
import type { Place, Statement } from '../statements/statement.ts'
import type { WrittenUtterance } from './contradictions/contradictions.ts'
import type { HeatPlace } from './heatPlace.ts'

export const place = (side: Place['side'], lobe: Place['lobe'] = null): Place => ({ side, lobe })

/** An utterance of a hand-made dictation; what of it is stated stands in the words that are its text. */
export const say = (id: string, text: string, ...statements: Partial<Statement>[]): WrittenUtterance => ({
  id,
  text,
  statements: statements.map((one) => toStatement({ words: text, ...one })),
})

export const seen = (id: string, probability: number): SeenFinding => ({
  id,
  margin: probability,
  probability,
  threshold: 0.4,
  seen: probability >= 0.4 ? 'present' : 'absent',
})

export const heatAt = (part: Partial<HeatPlace>): HeatPlace => ({
  peakLpsMm: [0, 0, 0],
  side: null,
  sideShare: 0.9,
  third: null,
  height: null,
  ...part,
})
