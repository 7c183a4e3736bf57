import { toProblem } from '../base/result.ts'
import type { Teacher } from '../cases/client/teacher.ts'
import type { FindingId } from '../domain/findings/finding.ts'
import { canFit } from '../domain/findings/taught/judgeExamples.ts'
import type { OwnFinding } from '../domain/findings/taught/ownFinding.ts'
import type { FittedFinding } from '../domain/findings/taught/ownSeen.ts'
import type { PackSession } from '../session/packSession.ts'
import type { Screen } from '../session/screen.ts'

export interface OwnFitsDeps {
  readonly screen: Screen
  readonly teacher: Teacher
}

interface Fit extends Pick<FittedFinding, 'readOut' | 'figure'> {
  /** The very list that was learnt from. */
  readonly examples: OwnFinding['examples']
}

/** Examples → read-outs, and behind them figures, in a worker. What comes for examples that have changed by then is dropped. */
export class OwnFits {
  readonly #fits = new Map<FindingId, Fit>()
  readonly #working = new Map<FindingId, AbortController>()

  /** `isCurrent`: whether these are the examples of a finding that is still there. `onFitted`: something has come. */
  constructor(
    private readonly deps: OwnFitsDeps,
    private readonly isCurrent: (finding: OwnFinding) => boolean,
    private readonly onFitted: (pack: PackSession) => void,
  ) {}

  isWorking(id: FindingId): boolean {
    return this.#working.has(id)
  }

  /** Until another read-out has come the last one stands, as long as there are enough examples. */
  toFitted(finding: OwnFinding): FittedFinding {
    const fit = canFit(finding.examples) ? this.#fits.get(finding.id) : undefined
    const figure = fit?.examples === finding.examples ? fit.figure : null
    return { finding, readOut: fit?.readOut ?? null, figure }
  }

  async fitAll(pack: PackSession, findings: readonly OwnFinding[]): Promise<void> {
    await Promise.all(findings.map((finding) => this.#fit(pack, finding)))
  }

  end(): void {
    for (const working of this.#working.values()) working.abort()
  }

  async #fit(pack: PackSession, finding: OwnFinding): Promise<void> {
    const { id, examples } = finding
    if (!canFit(examples) || this.#fits.get(id)?.examples === examples) return
    const working = new AbortController()
    const { signal } = working
    const isWanted = () => !signal.aborted && !pack.signal.aborted && this.isCurrent(finding)
    this.#working.get(id)?.abort()
    this.#working.set(id, working)
    try {
      const readOut = await this.deps.teacher.fit(examples)
      if (!isWanted()) return
      this.#fits.set(id, { examples, readOut, figure: null })
      this.onFitted(pack)
      const figure = await this.deps.teacher.judge(examples, signal)
      if (isWanted()) this.#fits.set(id, { examples, readOut, figure })
    } catch (thrown) {
      if (isWanted()) this.deps.screen.notify(toProblem(thrown, 'teaching-failed'))
    } finally {
      if (this.#working.get(id) === working) this.#working.delete(id)
      if (isWanted()) this.onFitted(pack)
    }
  }
}
