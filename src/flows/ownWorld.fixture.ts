import { success } from '../base/result.ts'
import { toUnit } from '../domain/embedding/embedding.ts'
import { FINDING_IDS } from '../domain/findings/findings.fixture.ts'
import { judgeExamples } from '../domain/findings/taught/judgeExamples.ts'
import type { OwnFinding } from '../domain/findings/taught/ownFinding.ts'
import { fitReadOut } from '../domain/findings/taught/readOut.ts'
import { Desk } from '../session/desk.ts'
import type { LoadedPack } from '../session/loadedPack.ts'
import { PackSession } from '../session/packSession.ts'
import { toSeenStudy } from '../session/studySession.ts'
import { createAppStore } from '../state/store.ts'
import { History } from './history.ts'
import { axis, axisPack, studyOf, volumeOf } from './oneStudy.fixture.ts'
import { OwnFindings } from './ownFindings.ts'

const D = FINDING_IDS.length

/** A table in memory, as a reload finds it. */
export function createTable() {
  const rows = new Map<string, OwnFinding>()
  return {
    rows,
    list: async () => success({ items: [...rows.values()], unreadableCount: 0 }),
    put: async (finding: OwnFinding) => success(void rows.set(finding.id, finding)),
    remove: async (id: string) => success(void rows.delete(id)),
    watch: () => undefined,
  }
}

/** Embeddings near `direction` or far from it, each a little different. */
export const near = (n: number, isPresent: boolean): Float32Array =>
  toUnit(axis('emphysema', isPresent ? 1 : -0.4).map((value, k) => value + Math.sin(3 * n + 2 * k + 1) / 4))

/** A reader with a pack, whose scans are opened and taught from one by one. */
export function createWorld(table = createTable(), loaded: LoadedPack = axisPack()) {
  const store = createAppStore()
  const volumes = new Map<string, never>()
  const shelf = {
    put: (id: string, volume: unknown) => void volumes.set(id, volume as never),
    get: (id: string) => volumes.get(id),
    has: (id: string) => volumes.has(id),
    hold() {},
  }
  const desk = new Desk({ screen: store, records: store, volumes: shelf })
  const pack = new PackSession(loaded)
  const heardAgain: string[] = []
  const texts: string[] = []
  const deps = {
    screen: store,
    teacher: { fit: async (e: never) => fitReadOut(e), judge: async (e: never) => judgeExamples(e) },
    ownFindings: table,
    ctEngine: {
      // Five tokens in a row: the last one alone gives something, along the axis of emphysema.
      heat: async (_: string, axes: Float32Array) =>
        Float32Array.from({ length: (axes.length / D) * 5 }, (_, n) =>
          n % 5 === 4 ? axes[Math.floor(n / 5) * D + FINDING_IDS.indexOf('emphysema')] : 0,
        ),
    },
    currentPlace: () => ({ pointLpsMm: [0, 0, 4] }),
    hashPatient: (name: string) => `hash of ${name}`,
    speechEngine: {
      encodeText: async (text: string) => {
        texts.push(text)
        return axis('emphysema', text.includes('not') ? -1 : 1)
      },
    },
  } as unknown as ConstructorParameters<typeof OwnFindings>[0]
  const history = new History(store, desk)
  const own = new OwnFindings(deps, desk, history, async ({ id }) => void heardAgain.push(id))
  desk.pack = pack
  own.takePack(pack)
  store.patch('model', { textPhase: 'ready' })
  /** Opens a scan and has it read by the pack. */
  const read = (id: string, embedding: Float32Array, identity: object | null = null) => {
    const study = desk.take({ ...studyOf(id), identity: identity as never }, volumeOf(id))
    desk.makeRead(study)
    study.seen = toSeenStudy({ by: pack, placement: {} as never, embedding, findings: [] })
    return study
  }
  const teach = (label: string, present: number, absent: number) => {
    for (let n = 0; n < present + absent; n++) {
      read(`${label} ${n}`, near(n, n < present))
      own.mark({ label }, n < present)
    }
  }
  const settle = () => new Promise((resolve) => setTimeout(resolve, 5))
  const item = () => store.get().own.findings[0]
  return { store, desk, pack, history, own, read, teach, settle, item, table, heardAgain, texts }
}
