import { failure } from '../base/result.ts'
import type { Utterance } from '../domain/speech/utterance.ts'
import type { UtteranceItem } from '../state/appState.ts'
import { createAppStore } from '../state/store.ts'
import { NO_ARCHIVE } from './noArchive.fixture.ts'
import { NO_COMMANDER } from './noCommander.fixture.ts'
import { NO_OWN } from './noOwn.fixture.ts'
import { NO_PRIORS } from './noPriors.fixture.ts'
import { Reading, type ReadingDeps } from './reading.ts'

export const utteranceOf = (id: string, studyId = 'phantom-1'): Utterance => ({
  id,
  studyId,
  audio: new Float32Array(1600),
  sampleRateHz: 16000,
  startMs: 0,
  endMs: 100,
  source: 'microphone',
})

/** A journal in memory, and what was asked of it. */
function createMemoryJournal() {
  const kept = new Map<string, { studyId: string; item: UtteranceItem; utterance: Utterance }>()
  return {
    kept,
    put: (studyId: string, item: UtteranceItem, utterance: Utterance) =>
      void kept.set(item.id, { studyId, item, utterance }),
    update(item: UtteranceItem) {
      const entry = kept.get(item.id)
      if (entry) kept.set(item.id, { ...entry, item })
    },
    remove: (id: string) => void kept.delete(id),
    list: async (studyId: string) => ({
      kept: [...kept.values()].filter((entry) => entry.studyId === studyId),
      unreadableCount: 0,
    }),
    async adopt(fromId: string, studyId: string) {
      for (const [id, entry] of kept) if (entry.studyId === fromId) kept.set(id, { ...entry, studyId })
    },
  }
}

const volumeOf = (seed: number) => ({
  volume: { id: `phantom-${seed}`, hu: new Int16Array(27), missing: [], size: [3, 3, 3], spacingMm: [1, 1, 1] },
  title: `Phantom ${seed}`,
  description: '',
})

/** Volumes in memory, all kept. */
function createShelf() {
  const volumes = new Map<string, never>()
  return {
    put: (id: string, volume: unknown) => void volumes.set(id, volume as never),
    get: (id: string) => volumes.get(id),
    has: (id: string) => volumes.has(id),
    hold() {},
  }
}

/** A reading of phantoms without a model, whose collaborators a test may replace. */
export function createReading(part: Partial<ReadingDeps> = {}, journal = createMemoryJournal()) {
  const store = createAppStore()
  const viewer = {
    setOverlays() {},
    show: async (_volume: unknown, onReveal?: () => void) => onReveal?.(),
    setHeat: () => {},
    setCrosshair: () => {},
    clear: () => {},
  }
  const deps = {
    screen: store,
    records: store,
    volumes: createShelf(),
    viewer,
    comparisonViewer: viewer,
    journal,
    archive: NO_ARCHIVE,
    commander: NO_COMMANDER,
    ownFindings: NO_OWN,
    readLabels: async () => failure({ code: 'unknown-series', message: 'No labels.', nextStep: '' }),
    priorShelf: NO_PRIORS,
    queries: { find: async () => null, keep: async () => undefined },
    ownCases: NO_OWN,
    measureTable: () => NO_OWN,
    keyImageTable: () => NO_OWN,
    reportTable: () => NO_OWN,
    templates: NO_OWN,
    hashPatient: (name: string) => name,
    listSignedReports: async () => [],
    refuseTemplateName: () => null,
    currentPlace: () => null,
    onRead() {},
    phantoms: { renderPhantom: async (seed: number) => volumeOf(seed) },
    ...part,
  } as unknown as ReadingDeps
  return { reading: new Reading(deps), store, journal }
}
