import { toProblem } from '../base/result.ts'
import { NO_SIMILAR_FILTER } from '../domain/retrieval/listFilter.ts'
import { addPart, changePart, type QueryPart, removePart } from '../domain/retrieval/query.ts'
import type { Desk } from '../session/desk.ts'
import type { PackSession } from '../session/packSession.ts'
import type { StudySession } from '../session/studySession.ts'
import type { QuerySource, SimilarFilter, SimilarQuery } from '../state/appState.ts'
import type { QueryShelf } from '../storage/queryShelf.ts'
import { findSimilar } from './findSimilar.ts'
import { type PrepareDeps, prepareQuery, toUnprepared } from './prepareQuery.ts'
import { nameQuery } from './queryLabel.ts'
import { readStudy } from './readStudy.ts'
import type { ReadVolumeDeps } from './readVolume.ts'

export interface CaseSearchDeps extends Omit<PrepareDeps, 'readAgain'>, ReadVolumeDeps {
  readonly queries: QueryShelf
}

/** So many former queries can be brought back. */
const MOST_FORMER = 20

const isSame = (a: SimilarQuery, b: SimilarQuery): boolean => JSON.stringify(a) === JSON.stringify(b)

/** What the cases beside the study being read are similar to, as a person composes it; kept with its study. */
export class CaseSearch {
  constructor(
    private readonly deps: CaseSearchDeps,
    private readonly desk: Desk,
  ) {}

  /** Another query in place of the one there is. */
  async ask(query: SimilarQuery): Promise<void> {
    const { pack, read: study } = this.desk
    if (!pack || !study) return
    const { query: former, formerQueries } = study.state.similar
    if (!isSame(former, query)) study.show('similar', { formerQueries: [...formerQueries, former].slice(-MOST_FORMER) })
    await this.#search(pack, study, query)
  }

  /** One more thing that cases should resemble, or should not. */
  add(source: QuerySource, isWithout = false): Promise<void> {
    return this.#change((query) => addPart(query, source, isWithout))
  }

  change(at: number, change: Partial<Omit<QueryPart, 'source'>>): Promise<void> {
    return this.#change((query) => changePart(query, at, change))
  }

  remove(at: number): Promise<void> {
    return this.#change((query) => removePart(query, at))
  }

  /** Brings the former query back. */
  async undo(): Promise<void> {
    const { pack, read: study } = this.desk
    const former = study?.state.similar.formerQueries.at(-1)
    if (!pack || !study || !former) return
    study.show('similar', { formerQueries: study.state.similar.formerQueries.slice(0, -1) })
    await this.#search(pack, study, former)
  }

  async filterBy(change: Partial<SimilarFilter>): Promise<void> {
    const { pack, read: study } = this.desk
    if (!pack || !study) return
    study.show('similar', { filter: { ...study.state.similar.filter, ...change } })
    await this.#search(pack, study, study.state.similar.query)
  }

  clearFilter(): Promise<void> {
    return this.filterBy(NO_SIMILAR_FILTER)
  }

  /** The nearest cases though nothing is alike. */
  async listDespite(): Promise<void> {
    const { pack, read: study } = this.desk
    if (pack && study) await findSimilar(pack, study, study.state.similar.query, { isDespite: true })
  }

  /** What was asked of the study on an earlier visit, unless something else has been asked by now. */
  async restore(study: StudySession): Promise<void> {
    const { pack } = this.desk
    if (!pack || study.isQueryRestored) return
    study.isQueryRestored = true
    const kept = await this.deps.queries.find(study.id)
    const { query, formerQueries } = study.state.similar
    if (!kept || query.kind !== 'ct' || formerQueries.length > 0) return
    study.show('similar', { filter: kept.filter })
    await pack.typing
    if (!pack.signal.aborted) await this.#search(pack, study, kept.query)
  }

  async #change(change: (query: SimilarQuery) => SimilarQuery): Promise<void> {
    const { read: study } = this.desk
    if (study) await this.ask(change(study.state.similar.query))
  }

  async #search(pack: PackSession, study: StudySession, query: SimilarQuery): Promise<void> {
    void this.deps.queries.keep(study.id, { query, filter: study.state.similar.filter })
    if (toUnprepared(pack, study, query).length > 0 && !(await this.#prepare(pack, study, query))) return
    await findSimilar(pack, study, query)
  }

  /** False where it failed, which the list says, or is not wanted any more. */
  async #prepare(pack: PackSession, study: StudySession, query: SimilarQuery): Promise<boolean> {
    const signal = study.search.begin(pack.signal, study.signal)
    const queryLabel = nameQuery(pack, study, query)
    study.show('similar', { query, isSearching: true })
    try {
      const readAgain = (gone: StudySession) => readStudy(this.deps, this.desk, gone)
      await prepareQuery({ ...this.deps, readAgain }, pack, study, query, signal)
      return !signal.aborted
    } catch (thrown) {
      if (signal.aborted) return false
      const problem = toProblem(thrown, 'query-failed', 'Remove that part of the query, or ask again.')
      study.show('similar', { query, queryLabel, cases: [], isSearching: false, problem })
      return false
    }
  }
}
