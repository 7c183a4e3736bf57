import { beforeEach, describe, expect, it } from 'vitest'
import { type Problem, ProblemError } from '../base/result.ts'
import type { CaseLibrary } from '../cases/client/libraryClient.ts'
import { FINDING_IDS, FINDINGS } from '../domain/findings/findings.fixture.ts'
import { scoreByPrompts } from '../domain/findings/saidScore.ts'
import { heatPeakLpsMm } from '../domain/grounding/heat.ts'
import type { LibraryCase, Manifest } from '../domain/model/manifest.ts'
import { toCaseSource } from '../domain/retrieval/caseTable.ts'
import { rankLibrary } from '../domain/retrieval/rankLibrary.ts'
import type { Volume } from '../domain/volume/volume.ts'
import type { CtEngine, CtInputSource, ReportProgress, SpeechEngine } from '../inference/engines.ts'
import type { AppState } from '../state/appState.ts'
import { findSimilar } from './findSimilar.ts'
import { hearUtterance } from './hearUtterance.ts'
import { createHeavy as createHeavyOn } from './heavy.ts'
import type { LoadedPack } from './loadedPack.ts'
import { listStudies, type OpenStudyDeps } from './openStudy.ts'
import { refreshPanel } from './panel.ts'
import { type ReadVolumeDeps, readVolume } from './readVolume.ts'
import type { Screen } from './screen.ts'
import { toOverlay } from './showEvidence.ts'

const D = FINDING_IDS.length

const createHeavy = () => createHeavyOn({ put() {}, get: () => undefined, has: () => false, hold() {} })

const axis = (finding: string, value = 1): Float32Array =>
  Float32Array.from(FINDING_IDS, (id) => (id === finding ? value : 0))

const libraryOf = (cases: readonly LibraryCase[], embeddings: Float32Array): CaseLibrary => ({
  rank: async (request) => rankLibrary(toCaseSource(cases), embeddings, request),
  close() {},
})

/** A pack whose prompts are ± the axes, with two library cases: one with effusion, one with emphysema. */
function axisPack(): LoadedPack {
  const vectors = new Float32Array(D * 4 * D)
  FINDING_IDS.forEach((id, finding) => {
    for (let row = 0; row < 4; row++) vectors.set(axis(id, row < 2 ? 1 : -1), (finding * 4 + row) * D)
  })
  const labels = (finding: string) => FINDING_IDS.map((id) => (id === finding ? 1 : 0))
  const manifest = {
    embedding: { dimension: D, logitScale: 10 },
    ct: { tokenGrid: [1, 1, 1], tokenDimension: 2, input: {} },
    promptKind: { ct: 'text', speech: 'speech' },
    findings: FINDING_IDS.map((id) => ({
      id,
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
    limit: 3,
  }
  const prompts = { vectors, dimension: D }
  return {
    manifest,
    baseUrl: '/',
    prompts,
    saidScore: scoreByPrompts(prompts, 'text'),
    classifier: null,
    library: libraryOf(manifest.library.cases, library),
    distribution,
  }
}

const volumeOf = (id: string): Volume => ({
  id,
  hu: new Int16Array(1),
  size: [1, 1, 1],
  spacingMm: [1, 1, 1],
  originLpsMm: [0, 0, 0],
  directionLps: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
})

class RecordingScreen implements Screen {
  state = {
    study: { current: { id: 'one' }, series: [], recent: [], phase: 'idle' },
    model: { findings: FINDINGS },
    findings: { rows: [] },
    dictation: { utterances: [] },
    similar: { query: { kind: 'ct' }, cases: [] },
    view: {},
  } as unknown as AppState
  readonly notices: Problem[] = []
  get = () => this.state
  patch: Screen['patch'] = (slice, change) => {
    this.state = { ...this.state, [slice]: { ...this.state[slice], ...change } }
  }
  notify = (problem: Problem) => {
    this.notices.push(problem)
  }
}

const engineAnswering = (embedding: Float32Array, tokenMean: number[], before = () => {}) =>
  ({
    encode: async () => {
      before()
      return { embedding, tokenMean: Float32Array.from(tokenMean), encodeMs: 7 }
    },
  }) as unknown as CtEngine

const toCtInput = async () => ({
  data: new Float32Array(1),
  shape: [1, 1, 1] as const,
  originLpsMm: [0, 0, 0] as const,
  stepsLpsMm: [
    [0, 0, 1],
    [1, 0, 0],
    [0, 1, 0],
  ] as const,
})

let screen: RecordingScreen
beforeEach(() => {
  screen = new RecordingScreen()
})

describe('reading a volume', () => {
  const signal = new AbortController().signal

  it('turns the embedding into calibrated findings and keeps the reading', async () => {
    const heavy = createHeavy()
    const ctEngine = engineAnswering(axis('emphysema'), [0, 0])
    const seen = await readVolume({ screen, heavy, ctEngine, toCtInput }, axisPack(), volumeOf('one'), signal)
    expect(seen?.find((finding) => finding.id === 'emphysema')).toMatchObject({ margin: 2, seen: 'present' })
    expect(heavy.readings.has('one')).toBe(true)
    expect(screen.state.findings).toMatchObject({ phase: 'ready', encodeMs: 7, outOfDistribution: null })
  })

  it('shows how far the preparation and the encoding are, and how long it will take', async () => {
    const told: unknown[] = []
    const patch = screen.patch
    screen.patch = (slice, change) => {
      patch(slice, change)
      const { progress } = change as Partial<AppState['findings']>
      if (progress) told.push([progress.label, progress.fraction])
    }
    const ctEngine = {
      async encode(_id: string, _input: unknown, _signal: unknown, onProgress: ReportProgress) {
        onProgress('Encoding the scan', 0.4)
        return { embedding: axis('emphysema'), tokenMean: Float32Array.of(0, 0), encodeMs: 7 }
      },
    } as unknown as CtEngine
    const prepare: ReadVolumeDeps['toCtInput'] = (_volume, _spec, _signal, onProgress) => {
      onProgress('Preparing the scan for the model', 0.5)
      return toCtInput()
    }
    await readVolume(
      { screen, heavy: createHeavy(), ctEngine, toCtInput: prepare },
      axisPack(),
      volumeOf('one'),
      signal,
    )
    expect(told).toEqual([
      ['Preparing the scan for the model', null],
      ['Preparing the scan for the model', 0.5],
      ['Encoding the scan', null],
      ['Encoding the scan', 0.4],
    ])
    expect(screen.state.findings.progress).toBeNull()
  })

  it('prepares the input once more for an engine that lost it, and only then', async () => {
    let prepared = 0
    const ctEngine = {
      async encode(_id: string, input: CtInputSource) {
        await input()
        expect(prepared).toBe(1)
        expect((await input()).length).toBe(1)
        return { embedding: axis('emphysema'), tokenMean: Float32Array.of(0, 0), encodeMs: 7 }
      },
    } as unknown as CtEngine
    const prepare = async () => {
      prepared++
      return toCtInput()
    }
    await readVolume(
      { screen, heavy: createHeavy(), ctEngine, toCtInput: prepare },
      axisPack(),
      volumeOf('one'),
      signal,
    )
    expect(prepared).toBe(2)
    expect(screen.state.findings.phase).toBe('ready')
  })

  it('drops an answer that comes after its study was closed', async () => {
    const heavy = createHeavy()
    const ctEngine = engineAnswering(axis('emphysema'), [0, 0], () =>
      screen.patch('study', { current: { id: 'two' } as AppState['study']['current'] }),
    )
    const seen = await readVolume({ screen, heavy, ctEngine, toCtInput }, axisPack(), volumeOf('one'), signal)
    expect(seen).toBeNull()
    expect(heavy.readings.size).toBe(0)
    expect(screen.state.findings.phase).toBe('working')
  })

  it('flags a scan whose mean token lies beyond the limit', async () => {
    const ctEngine = engineAnswering(axis('emphysema'), [3, 4])
    await readVolume({ screen, heavy: createHeavy(), ctEngine, toCtInput }, axisPack(), volumeOf('one'), signal)
    expect(screen.state.findings.outOfDistribution).toEqual({ distance: 5, limit: 3 })
  })

  it('names the cause when the encoder fails and leaves the study open', async () => {
    const ctEngine = { encode: () => Promise.reject(new Error('out of memory')) } as unknown as CtEngine
    await readVolume({ screen, heavy: createHeavy(), ctEngine, toCtInput }, axisPack(), volumeOf('one'), signal)
    expect(screen.state.findings.phase).toBe('failed')
    expect(screen.notices.map((problem) => problem.message)).toEqual(['out of memory'])
  })
})

describe('hearing an utterance', () => {
  const utterance = {
    id: 'u1',
    audio: new Float32Array(1600),
    sampleRateHz: 16000,
    startMs: 0,
    endMs: 100,
    source: 'file',
  } as const

  it('puts what was said into the timeline and keeps it', async () => {
    const speechEngine = {
      encode: async () => ({ embedding: axis('pleural_effusion'), transcript: 'pleural effusion', encodeMs: 3 }),
    } as unknown as SpeechEngine
    const kept: string[] = []
    const deps = {
      screen,
      heavy: createHeavy(),
      speechEngine,
      currentPlace: () => null,
      keep: (item: { phase: string }) => kept.push(item.phase),
    }
    expect(await hearUtterance(deps, axisPack(), utterance)).toBe(true)
    expect(screen.state.dictation.utterances[0]).toMatchObject({
      phase: 'ready',
      transcript: 'pleural effusion',
      said: [{ findingId: 'pleural_effusion', status: 'present', margin: 2 }],
    })
    expect(kept).toEqual(['encoding', 'ready'])
  })

  it('keeps the audio of an utterance that could not be encoded', async () => {
    const speechEngine = { encode: () => Promise.reject(new Error('worker died')) } as unknown as SpeechEngine
    const kept: string[] = []
    const deps = {
      screen,
      heavy: createHeavy(),
      speechEngine,
      currentPlace: () => null,
      keep: (item: { phase: string }) => kept.push(item.phase),
    }
    expect(await hearUtterance(deps, axisPack(), utterance)).toBe(false)
    expect(screen.state.dictation.utterances[0]).toMatchObject({ phase: 'failed', problem: { message: 'worker died' } })
    expect(kept).toEqual(['encoding', 'failed'])
  })
})

describe('the panel', () => {
  const seen = FINDING_IDS.map((id) => ({ id, margin: 1, probability: 0.9, threshold: 0.5, seen: 'present' as const }))
  const disputes = () => screen.state.findings.rows.filter((row) => row.agreement === 'seen-not-said').length

  it('disputes what was said only where the scores apply to the scan', () => {
    screen.patch('dictation', {
      utterances: [{ id: 'u', phase: 'ready', said: [] }] as unknown as AppState['dictation']['utterances'],
    })
    screen.patch('findings', { outOfDistribution: null })
    refreshPanel(screen, seen)
    expect(disputes()).toBe(18)
    screen.patch('findings', { outOfDistribution: { distance: 30, limit: 19 } })
    refreshPanel(screen, seen)
    expect(disputes()).toBe(0)
  })
})

describe('similar cases', () => {
  it('ranks the library for a finding and names its labels', async () => {
    await findSimilar(axisPack(), createHeavy(), screen, { kind: 'finding', findingId: 'emphysema' })
    expect(screen.state.similar.queryLabel).toBe('Emphysema')
    expect(screen.state.similar.cases).toEqual([
      { id: 'b', title: 'Emphysema', cosine: 1, labels: ['emphysema'], canOpen: false, path: null },
      { id: 'a', title: 'Effusion', cosine: 0, labels: ['pleural_effusion'], canOpen: false, path: null },
    ])
  })

  it('says of a finding that another pack was asked for that this one does not have it', async () => {
    await findSimilar(axisPack(), createHeavy(), screen, { kind: 'finding', findingId: 'rib_fracture' })
    expect(screen.state.similar).toMatchObject({ queryLabel: 'Rib fracture', cases: [], isSearching: false })
    expect(screen.state.similar.problem?.message).toBe('Rib fracture is not among the findings of this model.')
  })

  it('is empty while the scan has not been encoded', async () => {
    await findSimilar(axisPack(), createHeavy(), screen, { kind: 'ct' })
    expect(screen.state.similar.cases).toEqual([])
  })

  const FILE_CASES: LibraryCase[] = [
    { id: 'a', title: 'Here', open: { kind: 'file', path: 'train/a.nii.gz' }, scan: '1' },
    { id: 'b', title: 'The same scan', scan: '1' },
    { id: 'c', title: 'Elsewhere' },
  ]

  const packOf = (part: Partial<Manifest['library']>, library: CaseLibrary): LoadedPack => {
    const pack = axisPack()
    return { ...pack, library, manifest: { ...pack.manifest, library: { ...pack.manifest.library, ...part } } }
  }

  it('says which cases can be opened and where the others lie, and gives unknown labels as unknown', async () => {
    const embeddings = Float32Array.from([...axis('emphysema'), ...axis('emphysema'), ...axis('cardiomegaly')])
    const library = libraryOf(FILE_CASES, embeddings)
    await findSimilar(packOf({}, library), createHeavy(), screen, { kind: 'finding', findingId: 'emphysema' })
    expect(screen.state.similar.cases).toMatchObject([
      { id: 'a', labels: null, canOpen: false, path: 'train/a.nii.gz' },
      { id: 'c', labels: null, canOpen: false, path: null },
    ])
    const served = packOf({ volumesUrl: 'volumes/' }, library)
    await findSimilar(served, createHeavy(), screen, { kind: 'finding', findingId: 'emphysema' })
    expect(screen.state.similar.cases[0]).toMatchObject({ id: 'a', canOpen: true })
  })

  it('leaves the scan out of its own answer', async () => {
    const heavy = createHeavy()
    heavy.readings.set('one', { placement: null, embedding: axis('emphysema') } as never)
    screen.patch('study', { current: { id: 'one', format: 'nifti', title: 'a.nii.gz' } as never })
    const embeddings = Float32Array.from([...axis('emphysema'), ...axis('emphysema'), ...axis('cardiomegaly')])
    await findSimilar(packOf({}, libraryOf(FILE_CASES, embeddings)), heavy, screen, { kind: 'ct' })
    expect(screen.state.similar.cases.map(({ id }) => id)).toEqual(['c'])
  })

  it('drops an answer that comes when something else is asked for', async () => {
    let answer: (ranked: never[]) => void = () => undefined
    const slow: CaseLibrary = { rank: () => new Promise((resolve) => (answer = resolve)), close() {} }
    const query = { kind: 'finding', findingId: 'emphysema' } as const
    const first = findSimilar(packOf({}, slow), createHeavy(), screen, query)
    expect(screen.state.similar.isSearching).toBe(true)
    await findSimilar(axisPack(), createHeavy(), screen, { kind: 'finding', findingId: 'pleural_effusion' })
    answer([])
    await first
    expect(screen.state.similar.cases).toHaveLength(2)
    expect(screen.state.similar).toMatchObject({ queryLabel: 'Pleural effusion', isSearching: false })
  })

  it('says why the library cannot be searched', async () => {
    const problem = { code: 'model-missing', message: 'library.f32 is not on the server.', nextStep: 'Copy it.' }
    const broken: CaseLibrary = { rank: () => Promise.reject(new ProblemError(problem)), close() {} }
    await findSimilar(packOf({}, broken), createHeavy(), screen, { kind: 'finding', findingId: 'emphysema' })
    expect(screen.state.similar).toMatchObject({ cases: [], isSearching: false, problem })
  })
})

describe('evidence', () => {
  it('lays the hottest token of the overlay where the crosshair goes', () => {
    const placement = {
      originLpsMm: [1, 2, 3],
      stepsLpsMm: [
        [0, 0, 30],
        [20, 0, 0],
        [0, 10, 0],
      ],
    } as const
    const tokenGrid = [2, 3, 4] as const
    const hottest = (1 * 3 + 2) * 4 + 3
    const values = new Float32Array(24)
    values[hottest] = 1
    const overlay = toOverlay(values, tokenGrid, placement)
    const [nx, ny] = overlay.tokenGrid
    const index = [hottest % nx, Math.floor(hottest / nx) % ny, Math.floor(hottest / (nx * ny))]
    const at = overlay.originLpsMm.map((mm, axis) =>
      overlay.stepsLpsMm.reduce((sum, step, n) => sum + step[axis] * index[n], mm),
    )
    expect(at).toEqual([1 + 40, 2 + 30, 3 + 30])
    expect(at).toEqual([...heatPeakLpsMm(values, tokenGrid, placement)])
  })
})

describe('opening files', () => {
  const openerOf = (series: unknown[], problems: Problem[]) =>
    ({ screen, opener: { listSeries: async () => ({ series, problems }) } }) as unknown as OpenStudyDeps

  it('chooses the best series that can be opened', async () => {
    const series = [
      { id: 's2', chestScore: 5, title: 'Chest 1.0', reason: 'thin' },
      { id: 's1', chestScore: 0, title: 'MR', reason: 'not CT' },
    ]
    expect(await listStudies(openerOf(series, []), [])).toBe('s2')
    expect(screen.state.study.chosenSeriesId).toBe('s2')
  })

  it('says why when no series can be opened, and the open study stays', async () => {
    const series = [{ id: 's1', chestScore: 0, title: 'T2 brain', reason: 'MR series; VoxCT reads CT' }]
    const refusal = {
      code: 'not-ct',
      message: 'T2 brain is an MR series; VoxCT reads CT.',
      nextStep: 'Drop a chest CT.',
    }
    expect(await listStudies(openerOf(series, [refusal]), [])).toBeNull()
    expect(screen.notices).toEqual([refusal])
    expect(screen.state.study.current?.id).toBe('one')
    expect(screen.state.study.phase).toBe('ready')
  })
})
