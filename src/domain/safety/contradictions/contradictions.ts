import { type Mention, type SaidUtterance, toMentions, withoutOverridden } from '../../statements/foldStatements.ts'
import { beginsWithCorrection } from '../../statements/transcript/corrections.ts'
import type { WordAlert } from '../alert.ts'
import { findNoSuchPlaces } from './noSuchPlace.ts'
import { findPresence } from './presence.ts'
import { findSexWords } from './sexWords.ts'
import { findSides, findSizes } from './sizes.ts'

/** An utterance with its text as it stands: what a person corrected, else what was heard; null where there is none. */
export interface WrittenUtterance extends SaidUtterance {
  readonly text: string | null
}

/** Without what the next utterance says anew on purpose: "Correction, the effusion is on the left." */
function withoutCorrected(mentions: readonly Mention[], utterances: readonly WrittenUtterance[]): Mention[] {
  const isCorrected = ({ utteranceId }: Mention) => {
    const next = utterances[utterances.findIndex(({ id }) => id === utteranceId) + 1]
    return next?.text && beginsWithCorrection(next.text) && mentions.some((other) => other.utteranceId === next.id)
  }
  return mentions.filter((mention) => mention.statement.isSet || !isCorrected(mention))
}

/** What a dictation says that cannot all hold, utterances oldest first. Needs no scan. */
export function findContradictions(utterances: readonly WrittenUtterance[], sex: 'F' | 'M' | 'O' | null): WordAlert[] {
  const ofFindings = [...toMentions(utterances)].flatMap(([id, all]) => {
    const mentions = withoutCorrected(withoutOverridden(all), utterances)
    return [...findPresence(id, mentions), ...findSizes(id, mentions), ...findSides(id, mentions)]
  })
  const texts = utterances.flatMap(({ id, text }) => (text === null ? [] : [{ id, text }]))
  return [...ofFindings, ...findSexWords(texts, sex), ...findNoSuchPlaces(texts)]
}
