import { beforeEach, describe, expect, it } from 'vitest'
import { success } from '../base/result.ts'
import type { Vec3 } from '../domain/volume/volume.ts'
import { selectIsIdle, selectRead } from '../state/selectors.ts'
import { createReading, utteranceOf } from './desk.fixture.ts'

let parts: ReturnType<typeof createReading>
beforeEach(async () => {
  parts = createReading()
  await parts.reading.studies.openPhantom(1)
})

const read = () => selectRead(parts.store.get())
const ids = () => read().dictation.utterances.map((item) => item.id)
const settle = () => new Promise((resolve) => setTimeout(resolve, 0))

/** A drop of one scan, and the shelf that its voxels are kept on. */
function toOneSeries() {
  const key = { id: 'study-a', content: 'c', legacyId: 'nifti-a' }
  const volume = { id: 'study-a', size: [1, 1, 1], spacingMm: [1, 1, 1] } as never
  const series = [{ id: 'listed', title: 'A', chestScore: 1, format: 'nifti', kind: 'NIfTI', sliceCount: 1 } as never]
  const kept = new Map<string, never>()
  return {
    kept,
    volumes: {
      put: (id: string, value: unknown) => void kept.set(id, value as never),
      get: (id: string) => kept.get(id),
      has: (id: string) => kept.has(id),
      hold() {},
    },
    source: {
      list: async () => ({ series, problems: [] }),
      open: async () => success({ volume, key, identity: null, notices: [] }),
    },
  }
}

describe('a change of study', () => {
  it('shows the study that was asked for last when an earlier one arrives late', async () => {
    const first = parts.reading.studies.openPhantom(2)
    const second = parts.reading.studies.openPhantom(3)
    await Promise.all([first, second])
    expect(read().study?.id).toBe('phantom-3')
  })

  it('changes title, findings and dictation in one step, in the moment of the new picture', async () => {
    let reveal = () => {}
    const told: unknown[] = []
    const viewer = {
      show: (_volume: unknown, onReveal?: () => void) =>
        new Promise<void>((resolve) => {
          reveal = () => {
            onReveal?.()
            resolve()
          }
        }),
      setHeat() {},
    }
    parts = createReading({ viewer: viewer as never, onRead: ({ id }) => told.push(id) })
    const first = parts.reading.studies.openPhantom(1)
    await settle()
    reveal()
    await first
    await parts.reading.dictation.hear(utteranceOf('a'))
    const before = parts.store.get().studies
    const second = parts.reading.studies.openPhantom(2)
    await settle()
    expect([read().study?.title, ids(), told]).toEqual(['Phantom 1', ['a'], ['phantom-1']])
    expect(parts.store.get().desk.phase).toBe('working')
    expect(parts.store.get().studies['phantom-1']).toBe(before['phantom-1'])
    const states: unknown[] = []
    parts.store.subscribe(() => states.push([read().study?.title, ids()]))
    reveal()
    await second
    const [ofSecond] = [JSON.stringify(['Phantom 2', []])]
    const ofFirst = JSON.stringify(['Phantom 1', ['a']])
    expect(
      states.map((state) => JSON.stringify(state)).filter((state) => state !== ofFirst && state !== ofSecond),
    ).toEqual([])
    expect([read().study?.title, ids(), told]).toEqual(['Phantom 2', [], ['phantom-1', 'phantom-2']])
  })

  it('that cannot be drawn brings the former study back, with its words', async () => {
    const shown: string[] = []
    const viewer = {
      show: async ({ id }: { id: string }, onReveal?: () => void) => {
        if (id === 'phantom-2') throw new Error('no texture')
        shown.push(id)
        onReveal?.()
      },
      setHeat() {},
    }
    parts = createReading({ viewer: viewer as never })
    await parts.reading.studies.openPhantom(1)
    await parts.reading.dictation.hear(utteranceOf('a'))
    await parts.reading.studies.openPhantom(2)
    expect(shown).toEqual(['phantom-1', 'phantom-1'])
    expect([read().study?.id, ids()]).toEqual(['phantom-1', ['a']])
    expect(parts.store.get().notices.at(-1)?.told.message).toBe('no texture')
    expect(selectIsIdle(parts.store.get())).toBe(true)
  })

  it('that is cancelled while it is drawn brings the former study back, and never shows the other', async () => {
    const shown: string[] = []
    const points: Vec3[] = []
    let reveal: (() => void) | null = null
    const viewer = {
      async show({ id }: { id: string }, onReveal?: () => void) {
        shown.push(id)
        if (id === 'phantom-1') return onReveal?.()
        await new Promise<void>((resolve) => {
          reveal = resolve
        })
        // As the viewer does: a later wish overtakes.
        if (shown.at(-1) === id) onReveal?.()
      },
      setHeat() {},
      setCrosshair: (point: Vec3) => points.push(point),
    }
    const place = { orientation: 'axial', sliceNumber: 7, pointLpsMm: [1, 2, 3] } as const
    parts = createReading({ viewer: viewer as never, currentPlace: () => place })
    await parts.reading.studies.openPhantom(1)
    await parts.reading.dictation.hear(utteranceOf('a'))
    const opening = parts.reading.studies.openPhantom(2)
    await settle()
    expect(parts.store.get().desk.phase).toBe('working')
    parts.reading.cancel()
    reveal!()
    await opening
    expect(points).toEqual([[1, 2, 3]])
    expect(shown).toEqual(['phantom-1', 'phantom-2', 'phantom-1'])
    expect([read().study?.id, ids()]).toEqual(['phantom-1', ['a']])
    expect(selectIsIdle(parts.store.get())).toBe(true)
  })

  it('to one whose voxels had to make room opens it again from its files', async () => {
    const { kept, ...part } = toOneSeries()
    parts = createReading(part)
    await parts.reading.openFiles([new File([], 'a.nii')])
    await parts.reading.studies.openPhantom(1)
    kept.delete('study-a')
    await parts.reading.studies.reopen('study-a')
    const { desk, notices } = parts.store.get()
    expect([desk.readId, notices.length, kept.has('study-a')]).toEqual(['study-a', 0, true])
    expect(desk.known.map(({ id, opensBy }) => [id, opensBy])).toContainEqual(['study-a', 'here'])
  })

  it('to one whose voxels and files are gone says so, and asks for them', async () => {
    const { kept, ...part } = toOneSeries()
    parts = createReading(part)
    await parts.reading.openFiles([new File([], 'a.nii')])
    await parts.reading.studies.openPhantom(1)
    kept.delete('study-a')
    parts.store.patch('desk', { drops: [] })
    await parts.reading.studies.reopen('study-a')
    const { desk, notices } = parts.store.get()
    expect([desk.readId, notices.at(-1)?.told.code]).toEqual(['phantom-1', 'study-out-of-memory'])
    expect(desk.known.map(({ id, opensBy }) => [id, opensBy])).toContainEqual(['study-a', 'files'])
  })

  it('that is cancelled leaves the former study, and nothing waits', async () => {
    parts = createReading({
      source: {
        list: (_files, options) =>
          new Promise((_, reject) => options?.signal?.addEventListener('abort', () => reject(options.signal?.reason))),
        open: () => Promise.reject(new Error('not reached')),
      },
    })
    await parts.reading.studies.openPhantom(1)
    const opening = parts.reading.openFiles([new File([], 'scan')])
    await settle()
    expect(parts.store.get().desk).toMatchObject({ phase: 'working', progress: { label: 'Reading headers' } })
    parts.reading.cancel()
    await opening
    expect(parts.store.get().desk).toMatchObject({ phase: 'ready', progress: null, readId: 'phantom-1' })
    expect(parts.store.get().notices).toEqual([])
  })
})
