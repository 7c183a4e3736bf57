import { expect, it, vi } from 'vitest'
import { NO_EDITS } from '../domain/statements/edits.ts'
import { toStatement } from '../domain/statements/statement.fixture.ts'
import type { UtteranceItem } from '../state/appState.ts'
import { FollowSpeech } from './followSpeech.ts'
import { axis, axisPack, createOneStudy } from './oneStudy.fixture.ts'

/** A study of a pack that knows when a sentence says nothing; its list is of emphysema. */
function setUp() {
  const loaded = axisPack()
  const pack = { ...loaded, manifest: { ...loaded.manifest, speech: { leastScore: 0.5 } as never } }
  const parts = createOneStudy({}, pack)
  const { study } = parts
  parts.see(axis('emphysema'))
  study.show('similar', { query: EMPHYSEMA })
  const items: UtteranceItem[] = []
  const follow = new FollowSpeech()
  /** An utterance with the sound of a finding, or of none. */
  const hear = (id: string, sound: string | null) => {
    items.push({ id, phase: 'ready', transcript: null, edits: NO_EDITS, statements: [] } as never)
    const embedding = sound ? axis(sound) : axis('emphysema', 0.01)
    study.heard.set(id, { embedding, windows: [{ embedding, span: { startSeconds: 0, endSeconds: 1 } }] } as never)
    study.show('dictation', { utterances: [...items] })
    return follow.heard(parts.pack, study, id)
  }
  /** What its words turn out to state. */
  const write = (id: string, findingId: string) => {
    const at = items.findIndex((item) => item.id === id)
    items[at] = { ...items[at], statements: [toStatement({ findingId })] }
    study.show('dictation', { utterances: [...items] })
  }
  return { ...parts, hear, write, similar: () => study.state.similar }
}

const EMPHYSEMA = { kind: 'finding', findingId: 'emphysema' } as const
const utterance = (utteranceId: string) => ({ kind: 'utterance', utteranceId }) as const
const listed = ({ similar }: ReturnType<typeof setUp>) =>
  vi.waitFor(() => {
    expect(similar().isSearching).toBe(false)
    return similar().cases.map(({ id }) => id)
  })

it('the list follows what was said last', async () => {
  const parts = setUp()
  parts.hear('u1', 'pleural_effusion')
  expect(parts.similar().query).toEqual(utterance('u1'))
  expect(await listed(parts)).toEqual(['a', 'b'])
})

it('a sentence that says nothing leaves query and cases as they are', async () => {
  const parts = setUp()
  parts.hear('u1', 'pleural_effusion')
  const before = await listed(parts)
  parts.hear('u2', null)()
  expect(parts.similar()).toMatchObject({ query: utterance('u1'), problem: null })
  expect(await listed(parts)).toEqual(before)
})

it('its words are followed once they are written, unless something else was asked meanwhile', async () => {
  const parts = setUp()
  const [first, second, third] = [parts.hear('u1', null), parts.hear('u2', null), parts.hear('u3', null)]
  parts.write('u1', 'pleural_effusion')
  first()
  expect(parts.similar().query).toEqual(utterance('u1'))
  // The later one was said when the list was still of emphysema.
  parts.write('u2', 'pleural_effusion')
  second()
  expect(parts.similar().query).toEqual(utterance('u2'))
  parts.study.show('similar', { query: { kind: 'text', text: 'typed' } })
  parts.write('u3', 'pleural_effusion')
  third()
  expect(parts.similar().query).toEqual({ kind: 'text', text: 'typed' })
})

it('takes no composed query away', () => {
  const parts = setUp()
  const query = { kind: 'combined', parts: [{ source: EMPHYSEMA, weight: 1, isWithout: true }] } as const
  parts.study.show('similar', { query })
  parts.hear('u1', 'pleural_effusion')
  expect(parts.similar().query).toBe(query)
})
