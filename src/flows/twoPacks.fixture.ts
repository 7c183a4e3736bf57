import { readFileSync } from 'node:fs'
import { failure, ProblemError, success } from '../base/result.ts'
import { FINDING_IDS } from '../domain/findings/findings.fixture.ts'
import type { EngineInfo } from '../domain/model/engineInfo.ts'
import type { Manifest } from '../domain/model/manifest.ts'
import { NO_FACETS } from '../domain/retrieval/caseFilter.ts'
import { toCaseSource } from '../domain/retrieval/caseTable.ts'
import { toEmbeddings } from '../domain/retrieval/embeddings.ts'
import { type RankRequest, rankLibrary } from '../domain/retrieval/rankLibrary.ts'
import type { Utterance } from '../domain/speech/utterance.ts'
import type { PackSource } from '../inference/engines.ts'
import { createAppStore } from '../state/store.ts'
import { NO_ARCHIVE } from './noArchive.fixture.ts'
import { NO_COMMANDER } from './noCommander.fixture.ts'
import { NO_OWN } from './noOwn.fixture.ts'
import { NO_PRIORS } from './noPriors.fixture.ts'
import { CHEST } from './oneStudy.fixture.ts'
import { Reading, type ReadingDeps } from './reading.ts'

const TINY = readFileSync(new URL('../../fixtures/models/tiny/manifest.json', import.meta.url), 'utf8')
const D = 6
const unit = (axis: number) => Float32Array.from({ length: D }, (_, n) => Number(n === axis))

/** Two packs: in the first all prompts lie on axis 0, in the second on axis 1; so is what their CT encoders give. */
const AXIS: Record<string, number> = { first: 0, second: 1 }

function toManifest(id: string): Manifest {
  const manifest: Manifest = JSON.parse(TINY)
  manifest.id = id
  manifest.ct.tokenGrid = id === 'first' ? [2, 3, 4] : [4, 1, 2]
  manifest.library.cases = [{ ...manifest.library.cases[0], id: `case of ${id}` }]
  return manifest
}

function toPrompts(id: string): ArrayBuffer {
  const rows = FINDING_IDS.flatMap(() => [1, 1, -1, -1].flatMap((sign) => [...unit(AXIS[id])].map((x) => x * sign)))
  return Float32Array.from(rows).buffer
}

const INFO: EngineInfo = {
  provider: 'wasm',
  variant: 'fp32',
  threads: 1,
  adapter: null,
  note: '',
  parityCosine: 1,
  testedAt: 0,
  fallback: null,
  loadMs: 1,
}

export const UTTERANCE: Utterance = {
  id: 'u',
  studyId: 'phantom-1',
  audio: new Float32Array(1600),
  sampleRateHz: 16000,
  startMs: 0,
  endMs: 100,
  source: 'microphone',
}

/** A reading whose engines and packs a test has in its hand. */
export function createTwoPacks() {
  const store = createAppStore()
  const log: string[] = []
  const crosshairs: (readonly number[])[] = []
  const heats: (readonly number[] | null)[] = []
  /** What a test may change: manifests, and promises that hold an engine up. */
  const world = {
    manifests: { first: toManifest('first'), second: toManifest('second') } as Record<string, Manifest>,
    loading: Promise.resolve<unknown>(undefined),
    encoding: Promise.resolve<unknown>(undefined),
    hearing: Promise.resolve<unknown>(undefined),
    reading: Promise.resolve<unknown>(undefined),
    restoring: Promise.resolve<unknown>(undefined),
  }
  let loaded = ''
  const ctEngine = {
    async load(pack: PackSource) {
      log.push(`load ${pack.manifest.id}`)
      await world.loading
      loaded = pack.manifest.id
      return INFO
    },
    async encode() {
      const id = loaded
      log.push(`encode ${id}`)
      await world.encoding
      return { embedding: unit(AXIS[id]), tokenMean: new Float32Array(5), encodeMs: 1 }
    },
    heat: async () => new Float32Array(world.manifests[loaded].ct.tokenGrid.reduce((a, b) => a * b)).fill(1),
    forget() {},
  }
  const speechEngine = {
    async load(pack: PackSource) {
      log.push(`load speech of ${pack.manifest.id}`)
      return INFO
    },
    async encode() {
      const said = loaded
      log.push(`hear ${said}`)
      await world.hearing
      return {
        embedding: unit(0),
        windows: [{ embedding: unit(0), span: { startSeconds: 0, endSeconds: 1 } }],
        transcript: said,
        encodeMs: 1,
      }
    },
    async loadText(pack: PackSource) {
      if (!pack.manifest.text) return null
      log.push(`load text of ${pack.manifest.id}`)
      return INFO
    },
    async encodeText(sentence: string) {
      log.push(`read “${sentence}” by ${loaded}`)
      await world.reading
      return unit(AXIS[loaded])
    },
  }
  const viewer = {
    show: async (_volume: unknown, onReveal?: () => void) => onReveal?.(),
    setHeat: (heat: { tokenGrid: readonly number[] } | null) => heats.push(heat?.tokenGrid ?? null),
    setCrosshair: (point: readonly number[]) => crosshairs.push(point),
    clear() {},
  }
  const kept = new Map<string, never>()
  const volumes = {
    put: (id: string, volume: unknown) => void kept.set(id, volume as never),
    get: (id: string) => kept.get(id),
    has: (id: string) => kept.has(id),
    hold() {},
  }
  const packs = ['first', 'second'].map((id) => ({ id, title: id, line: '' }))
  const deps = {
    screen: store,
    records: store,
    volumes,
    viewer,
    comparisonViewer: viewer,
    ctEngine,
    speechEngine,
    transcriber: {
      load: async () => null,
      transcribe: async () => null,
      hearPart: async () => null,
      dispose() {},
      wake() {},
    },
    journal: {
      put() {},
      update() {},
      remove() {},
      list: () => world.restoring.then(() => ({ kept: [], unreadableCount: 0 })),
    },
    archive: NO_ARCHIVE,
    commander: NO_COMMANDER,
    ownFindings: NO_OWN,
    ownCases: NO_OWN,
    measureTable: () => NO_OWN,
    keyImageTable: () => NO_OWN,
    reportTable: () => NO_OWN,
    templates: NO_OWN,
    listSignedReports: async () => [],
    refuseTemplateName: () => null,
    teacher: {},
    hashPatient: (name: string) => name,
    readLabels: async () => failure({ code: 'unknown-series', message: 'No labels.', nextStep: '' }),
    priorShelf: NO_PRIORS,
    queries: { find: async () => null, keep: async () => undefined },
    onRead() {},
    currentPlace: () => null,
    phantoms: {
      renderPhantom: async (seed: number) => ({
        volume: { id: `phantom-${seed}`, hu: new Int16Array(27), missing: [], size: [3, 3, 3], spacingMm: [1, 1, 1] },
        title: '',
        description: '',
      }),
    },
    modelsUrl: '/models/',
    defaultPack: packs[0],
    fetchPackList: async () => success(packs),
    packStore: { list: async () => success({ kept: [], unfinished: [] }) },
    measureRoom: async () => null,
    async fetchManifest(url: string) {
      const manifest = world.manifests[url.split('/')[2]]
      if (!manifest) throw new ProblemError({ code: 'manifest-unreachable', message: url, nextStep: '' })
      return manifest
    },
    async fetchPackFile(url: string, { file, bytes }: { file: string; bytes: number }) {
      if (file === 'prompts.f32') return toPrompts(url.split('/')[2])
      return new ArrayBuffer(bytes)
    },
    openLibrary: ({ manifest }: PackSource) => ({
      rank: async (request: RankRequest) => {
        const embeddings = toEmbeddings(unit(0), request.query.length)
        return rankLibrary(toCaseSource(manifest.library.cases), embeddings, request)
      },
      traits: async () => ({ facets: NO_FACETS, leastCosine: null }),
      close: () => log.push(`close library of ${manifest.id}`),
    }),
    seeBody: async () => CHEST,
    toCtInput: async () => ({
      data: new Float32Array(1),
      shape: [4, 6, 8],
      isEmpty: false,
      originLpsMm: [0, 0, 0],
      stepsLpsMm: [
        [0, 0, 1],
        [0, 1, 0],
        [1, 0, 0],
      ],
    }),
  } as unknown as ReadingDeps
  return { reading: new Reading(deps), store, log, heats, crosshairs, world, deps }
}
