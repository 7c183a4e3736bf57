import type { PackSession } from '../session/packSession.ts'
import type { StudySession } from '../session/studySession.ts'
import type { SimilarQuery } from '../state/appState.ts'
import { findSimilar } from './findSimilar.ts'
import { whyNothingAlike } from './nothingAlike.ts'

const isSame = (a: SimilarQuery | undefined, b: SimilarQuery): boolean => JSON.stringify(a) === JSON.stringify(b)

/**
 * The list of similar cases follows what was said last. A sentence that says nothing to the model leaves the list as it is, and
 * so does any sentence where a person has composed the query.
 */
export class FollowSpeech {
  /** What a study was last asked by a sentence of its own accord. */
  readonly #followed = new WeakMap<StudySession, SimilarQuery>()

  /** An utterance has been heard. Gives what is to be called once it is written: its words may say what its sound did not. */
  heard(pack: PackSession, study: StudySession, utteranceId: string): () => void {
    const query: SimilarQuery = { kind: 'utterance', utteranceId }
    const { query: before } = study.state.similar
    if (this.#ask(pack, study, query)) return () => undefined
    return () => {
      if (study.signal.aborted || pack.signal.aborted) return
      const { query: now } = study.state.similar
      // A person may have asked something else meanwhile.
      if (isSame(before, now) || isSame(this.#followed.get(study), now)) this.#ask(pack, study, query)
    }
  }

  #ask(pack: PackSession, study: StudySession, query: SimilarQuery): boolean {
    if (study.state.similar.query.kind === 'combined' || whyNothingAlike(pack, study, query)) return false
    this.#followed.set(study, query)
    void findSimilar(pack, study, query)
    return true
  }
}
