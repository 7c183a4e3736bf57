import { failure, ProblemError, type Result, toProblem } from '../../base/result.ts'
import { NO_FACETS } from '../../domain/retrieval/caseFilter.ts'
import { type Ranking, type RankRequest, toDistinct } from '../../domain/retrieval/rankLibrary.ts'
import { toListedRemote } from '../../domain/retrieval/remote/remoteCase.ts'
import { MOST_CASES, type RemoteAnswer, readAnswer, toSearchText } from '../../domain/retrieval/remote/wire.ts'
import type { CaseLibrary } from './libraryClient.ts'

/** Which library, and by which address of this site it is asked. */
export interface RemoteSource {
  readonly url: string
  readonly title: string
  readonly encoder: string
  /** How many findings the pack has. */
  readonly findingCount: number
}

/** What a person is told of it. */
export interface RemoteEvents {
  /** So many bytes of a request leave the device now. */
  onSent(bytes: number): void
  /** It does not answer, or with what cannot be used; told once until it answers again. */
  onAway(reason: string): void
  onBack(): void
}

/** Longer than a search of a million cases and their way through a hospital's network take. */
const TIMEOUT_MS = 6000
/** Cases asked for at first; more where many are reconstructions of one scan or are filtered out. */
const FIRST_ASKED = 64

const NONE: Ranking = { cases: [], size: 0, chanceCosine: null, filteredOut: 0 }

type Post = (url: string, init: RequestInit) => Promise<Response>

/**
 * A library that a gateway of this site answers for. Only the embedding goes there: filters, and which scan is on screen, are
 * applied here. While it is away a search does not wait for it, gives no case and asks it again beside.
 */
class RemoteLibrary implements CaseLibrary {
  #isAway = false
  #isClosed = false
  /** Of the last query: another filter sends nothing. */
  #kept: { readonly text: string; readonly count: number; readonly answer: RemoteAnswer } | null = null
  #running: Promise<unknown> = Promise.resolve()

  constructor(
    private readonly source: RemoteSource,
    private readonly events: RemoteEvents,
    private readonly post: Post,
  ) {}

  rank(request: RankRequest): Promise<Ranking> {
    const answered = this.#rankOrNone(request)
    this.#running = this.#isAway ? Promise.resolve() : answered
    return this.#isAway ? Promise.resolve(NONE) : answered
  }

  async traits() {
    await this.#running
    const { facets = NO_FACETS, leastCosine = null } = (!this.#isAway && this.#kept?.answer) || {}
    return { facets, leastCosine }
  }

  close(): void {
    this.#isClosed = true
  }

  async #rankOrNone(request: RankRequest): Promise<Ranking> {
    try {
      const ranking = await this.#rankThere(request)
      if (this.#isAway && !this.#isClosed) {
        this.#isAway = false
        this.events.onBack()
      }
      return ranking
    } catch (thrown) {
      const isNew = !this.#isAway && !this.#isClosed
      this.#isAway = true
      if (isNew) this.events.onAway(toProblem(thrown).message)
      return NONE
    }
  }

  async #rankThere(request: RankRequest): Promise<Ranking> {
    for (let count = FIRST_ASKED; ; count *= 4) {
      const { cases, size, chanceCosine } = await this.#ask(request.query, count)
      const { cases: distinct, filteredOut } = toDistinct(cases, request)
      if (distinct.length < request.count && cases.length >= count && count < MOST_CASES) continue
      const listed = distinct.map((one) => ({ ...one, found: toListedRemote(one.found, this.source.title) }))
      return { cases: listed, size, chanceCosine, filteredOut }
    }
  }

  async #ask(query: Float32Array, count: number): Promise<RemoteAnswer> {
    const { encoder, findingCount } = this.source
    const text = toSearchText(query, encoder, 0)
    if (this.#kept?.text === text && this.#kept.count >= count) return this.#kept.answer
    const body = toSearchText(query, encoder, count)
    this.events.onSent(body.length)
    const read = readAnswer(await this.#fetch(body), { query, encoder, findingCount })
    if (!read.ok) throw new ProblemError(read.problem)
    this.#kept = { text, count, answer: read.value }
    return read.value
  }

  async #fetch(body: string): Promise<unknown> {
    const response = await this.post(this.source.url, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body,
      // Nothing goes elsewhere, and nothing but the body is kept or sent.
      redirect: 'error',
      cache: 'no-store',
      referrerPolicy: 'no-referrer',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    })
    if (!response.ok) throw new Error(`the server answered ${response.status}`)
    return response.json()
  }
}

export const openRemoteLibrary = (
  source: RemoteSource,
  events: RemoteEvents,
  post: Post = (url, init) => fetch(url, init),
): CaseLibrary => new RemoteLibrary(source, events, post)

/** The address of a library's path on this site. Problem: `library-server-foreign` where it lies elsewhere. */
export function toServerUrl(siteUrl: string, path: string): Result<string> {
  const url = new URL(path, siteUrl)
  if (url.href.startsWith(new URL('.', siteUrl).href)) return { ok: true, value: url.href }
  return failure({
    code: 'library-server-foreign',
    message: `${path} does not lie on this site.`,
    nextStep: 'Whoever runs this site can mend models/packs.json.',
  })
}
