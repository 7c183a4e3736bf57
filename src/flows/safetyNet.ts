import { toProblem } from '../base/result.ts'
import type { FindingId } from '../domain/findings/finding.ts'
import { createHeatPlacer, type HeatPlace } from '../domain/safety/heatPlace.ts'
import { type SafetyNet as Net, type SeenScan, toAlerts, toWantedHeat } from '../domain/safety/toAlerts.ts'
import type { CtEngine } from '../inference/engines.ts'
import type { Desk } from '../session/desk.ts'
import type { PackSession } from '../session/packSession.ts'
import type { Screen } from '../session/screen.ts'
import type { StudySession } from '../session/studySession.ts'
import { toWritten } from './panel.ts'
import { heatDirection } from './queryDirection.ts'

export interface SafetyNetDeps {
  readonly screen: Screen
  readonly ctEngine: CtEngine
}

const NOT_READ = 'The scan has not been read by the model: only the words were looked at.'
const NO_FINDINGS = 'The model in use names no findings: only the words were looked at.'
const FOREIGN = 'The model’s scores do not apply to this scan: only the words were looked at.'

/** What a report still asks before it is signed: shown, and never put in by itself. */
export class SafetyNet {
  constructor(
    private readonly deps: SafetyNetDeps,
    private readonly desk: Desk,
  ) {}

  /** Looks at the report of the study being read, or of one that was left, as it stands now. */
  async check(studyId = this.desk.read?.id): Promise<void> {
    const { pack } = this.desk
    const study = studyId === undefined ? null : this.desk.find(studyId)
    if (!study) return
    const signal = study.safety.begin(study.signal)
    const of = study.state.dictation.utterances
    study.show('report', { net: { phase: 'working', alerts: [], note: null, of } })
    try {
      const net = await this.#look(study, pack)
      if (!signal.aborted) study.show('report', { net: { phase: 'ready', ...net, of } })
    } catch (thrown) {
      if (signal.aborted) return
      study.show('report', { net: null })
      this.deps.screen.notify(toProblem(thrown, 'safety-net-failed', 'Check the report again.'), 'warning')
    }
  }

  async #look(study: StudySession, pack: PackSession | null): Promise<Net> {
    const { dictation, report, study: opened } = study.state
    const utterances = dictation.utterances.map(toWritten)
    const answered = report.entries.flatMap((entry) => (entry.kind === 'answer' ? [entry.alertId] : []))
    const why = toWhyNot(study, pack)
    const scan = why === null && pack ? await this.#see(study, pack, utterances) : { why: why ?? NOT_READ }
    const { alertBudget } = this.deps.screen.get().view
    return toAlerts({ utterances, scan, sex: opened.identity?.sex ?? null, budget: alertBudget, answered })
  }

  /** The heat of the findings that are looked at, one after the other: each is a run of the head alone. */
  async #see(study: StudySession, pack: PackSession, utterances: ReturnType<typeof toWritten>[]): Promise<SeenScan> {
    const { seen, body } = study
    if (!seen) return { findings: [], heat: new Map() }
    const heat = new Map<FindingId, HeatPlace>()
    if (body) {
      const toPlace = createHeatPlacer(pack.pack.manifest.ct.tokenGrid, seen.placement, body)
      for (const findingId of toWantedHeat(seen.findings, utterances)) {
        const direction = heatDirection(pack, study, { kind: 'finding', findingId })
        if (direction) heat.set(findingId, toPlace(await this.deps.ctEngine.heat(study.id, direction)))
      }
    }
    return { findings: seen.findings, heat }
  }
}

/** Why the scan offers nothing; null where it counts. */
function toWhyNot({ seen, state }: StudySession, pack: PackSession | null): string | null {
  if (!pack || !seen || seen.by !== pack) return NOT_READ
  if (pack.pack.manifest.findings.length === 0) return NO_FINDINGS
  return state.findings.outOfDistribution === null ? null : FOREIGN
}
