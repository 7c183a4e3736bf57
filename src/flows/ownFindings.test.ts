import { beforeEach, describe, expect, it } from 'vitest'
import { FINDING_IDS } from '../domain/findings/findings.fixture.ts'
import { toSeenStudy } from '../session/studySession.ts'
import { axis, axisPack } from './oneStudy.fixture.ts'
import { createTable, createWorld, near } from './ownWorld.fixture.ts'
import { heatDirection, queryEmbedding } from './queryDirection.ts'

const D = FINDING_IDS.length

let world: ReturnType<typeof createWorld>
beforeEach(() => {
  world = createWorld()
})

describe('teaching', () => {
  it('scores from five examples of each class on, and not with four', async () => {
    const { teach, settle, item, own, read, store } = world
    teach('honeycombing', 5, 4)
    await settle()
    expect(item()).toMatchObject({ label: 'Honeycombing', present: 5, absent: 4, isFitted: false })
    read('ninth', near(20, false))
    own.mark({ id: item().id }, false)
    await settle()
    expect(item()).toMatchObject({ absent: 5, isFitted: true, figure: null })
    const study = read('unknown', near(31, true))
    own.mark({ id: item().id }, null)
    const row = study.state.findings.rows.find(({ id }) => id === item().id)
    expect(row).toMatchObject({ group: 'own', seen: 'present', agreement: null })
    expect(row?.own).toMatchObject({ by: 'taught', present: 5, absent: 5, mark: null })
    expect(row?.probability).toBeGreaterThan(0.7)
    expect(store.get().model.findings).toEqual([])
  })

  it('gives a figure with its interval from eight patients of each class on', async () => {
    const { teach, settle, item } = world
    teach('honeycombing', 8, 8)
    await settle()
    expect(item().figure).toMatchObject({ auroc: 1, present: 8, absent: 8 })
    expect(item().figure?.interval[0]).toBeCloseTo(0.7556, 3)
  })

  it('a place that is marked is kept with the example and leads the read-out', async () => {
    const loaded = axisPack()
    const ct = { ...loaded.manifest.ct, tokenGrid: [1, 1, 5] as const }
    const placed = createWorld(createTable(), { ...loaded, manifest: { ...loaded.manifest, ct } as never })
    const { own, read, item, settle, table, pack } = placed
    const study = read('one', near(1, true))
    study.seen = toSeenStudy({
      by: pack,
      placement: {
        originLpsMm: [0, 0, 0],
        stepsLpsMm: [
          [1, 0, 0],
          [0, 1, 0],
          [0, 0, 1],
        ],
      },
      embedding: near(1, true),
      findings: [],
    })
    await own.markHere({ label: 'sign' })
    await settle()
    expect(item()).toMatchObject({ present: 1, places: 1, marks: { one: 'present' } })
    const [kept] = table.rows.values()
    expect(kept.examples[0].place?.[FINDING_IDS.indexOf('emphysema')]).toBeCloseTo(1, 5)
  })

  it('two scans of one patient are two examples of one patient', async () => {
    const { read, own, item } = world
    read('first', near(1, true), { patientId: '4711', studyUid: '1.2' })
    own.mark({ label: 'x-ray sign' }, true)
    read('second', near(2, true), { patientId: '4711', studyUid: '1.3' })
    own.mark({ label: 'X-ray sign' }, true)
    expect(item()).toMatchObject({ present: 2, presentPatients: 1 })
    const kept = [...world.table.rows.values()][0]
    expect(kept.examples.map(({ patient }) => patient)).toEqual(['hash of 4711', 'hash of 4711'])
  })

  it('a contradicting mark of one study takes the place of the first', () => {
    const { read, own, item } = world
    read('one', near(1, true))
    own.mark({ label: 'sign' }, true)
    own.mark({ label: 'sign' }, false)
    expect(item()).toMatchObject({ present: 0, absent: 1, marks: { one: 'absent' } })
    own.undo()
    expect(item()).toMatchObject({ present: 1, absent: 0, marks: { one: 'present' } })
    own.undo()
    expect(world.store.get().own.findings).toEqual([])
    expect(world.table.rows.size).toBe(0)
  })

  it('a scan that the model has not read cannot be marked, which is said', () => {
    const { read, own, store } = world
    read('one', near(1, true)).seen = null
    expect(own.mark({ label: 'sign' }, true)).toBeNull()
    expect(store.get().notices.at(-1)?.told.message).toContain('one has not been encoded')
  })

  it('heat and query are the direction of the read-out, and with too few examples there is none', async () => {
    const { teach, settle, item, pack, read } = world
    teach('honeycombing', 5, 5)
    const study = read('unknown', near(31, true))
    const query = { kind: 'finding', findingId: item().id } as const
    expect(heatDirection(pack, study, query)).toBeNull()
    await settle()
    const direction = heatDirection(pack, study, query) ?? new Float32Array(D)
    expect(direction[FINDING_IDS.indexOf('emphysema')]).toBeGreaterThan(0.5)
    const unit = queryEmbedding(pack, study, query) ?? new Float32Array(D)
    expect(Math.hypot(...unit)).toBeCloseTo(1, 5)
  })

  it('is heard by its name and the other words for it, and no longer once it is deleted', () => {
    const { read, own, pack, heardAgain, item } = world
    read('one', near(1, true))
    own.mark({ label: 'Honeycombing', synonyms: ['honeycomb lung', 'no'] }, true)
    const heard = (word: string) => pack.pack.vocabulary(word).map(({ findingId }) => findingId)
    expect(heard('honeycombing')).toEqual([item().id])
    expect(heard('honeycomb')).toEqual([item().id])
    expect(heard('no')).toEqual([])
    expect(item().unheard).toEqual(['no'])
    expect(heardAgain).toEqual(['one'])
    own.mark({ id: item().id }, false)
    expect(heardAgain).toEqual(['one'])
    own.remove(item().id)
    expect(heard('honeycombing')).toEqual([])
    own.undo()
    expect(heard('honeycombing')).toEqual([item().id])
    own.rename(item().id, 'fibrosis sign', [])
    expect(item().label).toBe('Fibrosis sign')
    expect(heard('honeycombing')).toEqual([])
    expect(heard('fibrosis')).toEqual([item().id])
  })

  it('what is said of it stands in its row, and is held against nothing', async () => {
    const { teach, settle, item, desk, own } = world
    teach('honeycombing', 5, 5)
    await settle()
    const study = desk.read
    study?.show('dictation', {
      utterances: [
        {
          id: 'u',
          phase: 'ready',
          transcript: 'no honeycombing',
          statements: [{ findingId: item().id, status: 'present', place: { side: null, lobe: null }, isSet: false }],
          edits: { text: null, statuses: [] },
        } as never,
      ],
    })
    own.rename(item().id, 'Honeycombing', ['lattice'])
    const rows = study?.state.findings.rows.filter(({ id }) => id === item().id)
    expect(rows).toHaveLength(1)
    expect(rows?.[0]).toMatchObject({ said: 'present', group: 'own', agreement: null })
  })
})

describe('keeping', () => {
  it('a reload has the examples again and learns from them', async () => {
    world.teach('honeycombing', 5, 5)
    await world.settle()
    const again = createWorld(world.table)
    await again.settle()
    expect(again.item()).toMatchObject({ label: 'Honeycombing', present: 5, isFitted: true })
  })

  it('with another pack its findings wait, and it says for which', async () => {
    world.teach('honeycombing', 1, 0)
    const other = axisPack()
    const again = createWorld(world.table, {
      ...other,
      encoder: 'others',
      manifest: { ...other.manifest, id: 'other', title: 'Other' },
    })
    await again.settle()
    expect(again.store.get().own).toMatchObject({ findings: [], elsewhere: [{ count: 1 }] })
  })

  it('a file brings it to another device; marks of both are joined, the later one of a study counts', async () => {
    world.teach('honeycombing', 5, 5)
    const file = JSON.stringify(world.own.toFile(null))
    const other = createWorld()
    expect(other.own.importFile('mine.json', file)).toEqual({ ok: true, value: 1 })
    await other.settle()
    expect(other.item()).toMatchObject({ present: 5, absent: 5, isFitted: true })
    other.read('another', near(40, true))
    other.own.mark({ id: other.item().id }, true)
    expect(other.own.importFile('mine.json', file).ok).toBe(true)
    expect(other.item()).toMatchObject({ present: 6, absent: 5 })
    other.own.undo()
    other.own.undo()
    other.own.undo()
    expect(other.store.get().own.findings).toEqual([])
  })

  it('a file of another encoder is refused by the names of both models', () => {
    world.teach('honeycombing', 1, 1)
    const file = JSON.stringify(world.own.toFile(null))
    const foreign = file.replace('"encoder":"axes"', '"encoder":"deadbeef00"')
    const read = world.own.importFile('mine.json', foreign)
    expect(read).toMatchObject({ ok: false, problem: { code: 'own-file-of-another-model' } })
    expect(read.ok ? '' : read.problem.message).toMatch(/mine\.json.*encoder deadbeef.*encoder axes/)
  })

  it.each([
    ['no JSON', () => 'nonsense'],
    ['a file of keys', () => '{"format":"voxct-keys","version":1}'],
    ['an embedding with a hole', (text: string) => text.replace(/"embedding":"[^"]{6}/, '"embedding":"')],
    [
      'an embedding of another length',
      (text: string) => text.replace(/"embedding":"[^"]*"/, '"embedding":"AACAPwAAAAA="'),
    ],
    [
      'an embedding that is not finite',
      (text: string) => text.replace(/"embedding":"[^"]*"/, '"embedding":"AADAfw=="'),
    ],
    ['an id that is the pack’s', (text: string) => text.replace(/"id":"own-[^"]*"/, '"id":"emphysema"')],
    ['no finding', (text: string) => text.replace(/"findings":\[.*\]/, '"findings":[]')],
  ])('%s is refused, and nothing changes', (_, spoil) => {
    world.teach('honeycombing', 1, 1)
    const before = world.store.get().own.findings
    const read = world.own.importFile('mine.json', spoil(JSON.stringify(world.own.toFile(null))))
    expect(read).toMatchObject({ ok: false, problem: { code: 'own-file-invalid' } })
    expect(read.ok ? '' : read.problem.message).toContain('mine.json')
    expect(world.store.get().own.findings).toEqual(before)
  })
})

describe('words alone', () => {
  it('make a row that is scored by “is present” against “is not present”', async () => {
    const { own, texts, read, item } = world
    const study = read('one', axis('emphysema', 0.5))
    await own.ask('Is there any paraseptal emphysema?')
    expect(texts).toEqual(['Paraseptal emphysema is present.', 'Paraseptal emphysema is not present.'])
    const row = study.state.findings.rows.find(({ id }) => id === item().id)
    expect(row).toMatchObject({ label: 'Paraseptal emphysema', seen: 'present', own: { by: 'prompt' } })
    // Margin .5 − −.5 = 1, logit scale 10.
    expect(row?.probability).toBeCloseTo(1 / (1 + Math.exp(-10)), 6)
  })

  it('that say nothing to the model make none, and it says to teach by example', async () => {
    const loaded = axisPack()
    const text = { leastScore: 2.1 } as never
    const { own, store } = createWorld(createTable(), { ...loaded, manifest: { ...loaded.manifest, text } })
    expect(await own.ask('honeycombing')).toBeNull()
    expect(store.get().notices.at(-1)?.told).toMatchObject({ code: 'prompt-says-nothing' })
    expect(store.get().own.findings).toEqual([])
  })
})
