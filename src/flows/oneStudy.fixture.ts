import type { CaseLibrary } from '../cases/client/libraryClient.ts'
import type { SeenBody } from '../domain/ct/chestRegion/seenBody.ts'
import { FINDING_IDS, FINDINGS } from '../domain/findings/findings.fixture.ts'
import { scoreByPrompts } from '../domain/findings/saidScore.ts'
import type { LibraryCase, Manifest } from '../domain/model/manifest.ts'
import { toCaseSource } from '../domain/retrieval/caseTable.ts'
import { toEmbeddings } from '../domain/retrieval/embeddings.ts'
import { toLibraryTraits } from '../domain/retrieval/libraryTraits.ts'
import { rankLibrary } from '../domain/retrieval/rankLibrary.ts'
import { toVocabulary } from '../domain/statements/transcript/mentions.ts'
import { toSpellings } from '../domain/statements/transcript/respell.ts'
import type { OpenStudy } from '../domain/study/openStudy.ts'
import type { Volume } from '../domain/volume/volume.ts'
import type { LoadedPack } from '../session/loadedPack.ts'
import { PackSession } from '../session/packSession.ts'
import { StudySession, toSeenStudy } from '../session/studySession.ts'
import { createAppStore } from '../state/store.ts'

const D = FINDING_IDS.length

export const axis = (finding: string, value = 1): Float32Array =>
  Float32Array.from(FINDING_IDS, (id) => (id === finding ? value : 0))

/** A library that ranks without a worker. */
export const libraryOf = (cases: readonly LibraryCase[], embeddings: Float32Array): CaseLibrary => ({
  rank: async (request) => rankLibrary(toCaseSource(cases), toEmbeddings(embeddings, request.query.length), request),
  traits: async () => toLibraryTraits(toCaseSource(cases), toEmbeddings(embeddings, D)),
  close() {},
})

/** A pack whose prompts are ± the axes, with two library cases: one with effusion, one with emphysema. */
export function axisPack(): LoadedPack {
  const vectors = new Float32Array(D * 4 * D)
  FINDING_IDS.forEach((id, finding) => {
    for (let row = 0; row < 4; row++) vectors.set(axis(id, row < 2 ? 1 : -1), (finding * 4 + row) * D)
  })
  const labels = (finding: string) => FINDING_IDS.map((id) => (id === finding ? 1 : 0))
  const manifest = {
    id: 'axes',
    title: 'Axes',
    embedding: { dimension: D, logitScale: 10 },
    ct: { tokenGrid: [1, 1, 1], tokenDimension: 2, input: {} },
    promptKind: { ct: 'text', speech: 'speech' },
    findings: FINDINGS.map(({ id, label }) => ({
      id,
      label,
      synonyms: [],
      calibration: { slope: 1, offset: 0 },
      thresholds: { ct: { present: 0.5, absent: -0.5 }, speech: { present: 0.5, absent: -0.5 } },
    })),
    library: {
      cases: [
        { id: 'a', title: 'Effusion', labels: labels('pleural_effusion') },
        { id: 'b', title: 'Emphysema', labels: labels('emphysema') },
      ],
    },
  } as unknown as Manifest
  const library = Float32Array.from([...axis('pleural_effusion'), ...axis('emphysema')])
  const distribution = {
    mean: Float32Array.of(0, 0),
    matrix: Float32Array.of(1, 0, 0, 1),
    form: 'inverse-covariance' as const,
    space: 'tokens' as const,
    limit: 3,
  }
  const prompts = { vectors, dimension: D }
  return {
    manifest,
    baseUrl: '/',
    encoder: 'axes',
    prompts,
    saidScore: scoreByPrompts(prompts, 'text'),
    vocabulary: toVocabulary(manifest.findings),
    spellings: toSpellings(manifest.findings),
    classifier: null,
    library: libraryOf(manifest.library.cases, library),
    guard: { knowsPhantomsOnly: false, needsChest: true, distribution },
  }
}

/** What a chest scan shows of its patient. */
export const CHEST: SeenBody = {
  lungs: { litres: 4, shareOfBody: 0.25, medianHu: -850, smallerSide: 0.45, middle: 0.02 },
  lungSpan: { topMm: 2, bottomMm: 0 },
  mask: {
    size: [1, 1, 1],
    inside: Uint8Array.of(1),
    originLpsMm: [0, 0, 0],
    stepsLpsMm: [
      [3, 0, 0],
      [0, 3, 0],
      [0, 0, 3],
    ],
  },
}

export const volumeOf = (id: string): Volume => ({
  id,
  hu: new Int16Array(27),
  missing: [],
  size: [3, 3, 3],
  spacingMm: [1, 1, 1],
  originLpsMm: [0, 0, 0],
  directionLps: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
})

export const studyOf = (id: string, part: Partial<OpenStudy> = {}): OpenStudy => ({
  id,
  content: null,
  title: id,
  format: 'phantom',
  size: [3, 3, 3],
  spacingMm: [1, 1, 1],
  origin: '',
  seriesId: null,
  identity: null,
  groundTruth: null,
  ...part,
})

/** A store with one open study that is being read, and a pack in use. */
export function createOneStudy(part: Partial<OpenStudy> = {}, loaded: LoadedPack = axisPack()) {
  const store = createAppStore()
  let volume = volumeOf('one')
  const study = new StudySession(store, studyOf('one', part), () => volume)
  store.patch('desk', { readId: 'one' })
  store.patch('model', { findings: FINDINGS.map((finding) => ({ ...finding, synonyms: [], prevalence: 0 })) })
  const pack = new PackSession(loaded)
  /** Makes the study one that the pack has read. */
  const see = (embedding: Float32Array) => {
    const placement = {
      originLpsMm: [0, 0, 0],
      stepsLpsMm: [
        [1, 0, 0],
        [0, 1, 0],
        [0, 0, 1],
      ],
    } as const
    study.seen = toSeenStudy({ by: pack, placement, embedding, findings: [] })
  }
  /** Takes the first of its layers away. */
  const gap = (missing: number, layers: number) => {
    volume = { ...volume, size: [3, 3, layers], missing: Array.from({ length: missing }, (_, k) => k) }
  }
  return { store, study, pack, see, gap, problems: () => store.get().notices.map(({ told }) => told) }
}
