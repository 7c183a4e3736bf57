import { beforeEach, expect, it, vi } from 'vitest'
import { SliceUpload } from './textureUpload.ts'

/** Slices in the order in which they were sent, one entry a call. */
let sent: number[][]
let marks: (boolean | null)[]
let handle: object | null
let volumeId: string

const texture = {
  getUpdatedFrames: () => marks,
  getHandle: () => handle,
  setVolumeId: (id: string) => {
    volumeId = id
  },
  update3DFromRaw() {
    if (volumeId !== 'ours') return
    const now = [...marks.keys()].filter((k) => marks[k])
    marks.fill(null)
    sent.push(now)
    vi.advanceTimersByTime(5)
  },
}

const NEVER = new AbortController().signal

beforeEach(() => {
  vi.useFakeTimers()
  sent = []
  marks = [true, true, true, true, true]
  handle = {}
  volumeId = 'ours'
})

const toHeld = () => {
  const upload = new SliceUpload(texture, 'ours', 5)
  upload.holdBack()
  return upload
}

it('leaves nothing for the drawing that makes the texture, then sends every slice once', async () => {
  const upload = toHeld()
  expect(marks.some(Boolean)).toBe(false)
  // A drawing marks all slices, of a volume that it does not know.
  marks.fill(true)
  texture.update3DFromRaw()
  const sending = upload.send(NEVER)
  await vi.runAllTimersAsync()
  await sending
  expect(sent).toEqual([[0], [1], [2], [3], [4]])
})

it('gives the page a turn when it has taken 12 ms', async () => {
  const sending = toHeld().send(NEVER)
  expect(sent).toHaveLength(3)
  await vi.runAllTimersAsync()
  await sending
  expect(sent).toHaveLength(5)
})

it('sends nothing again for a view that joins', async () => {
  const upload = toHeld()
  const sending = upload.send(NEVER)
  await vi.runAllTimersAsync()
  await sending
  marks.fill(true)
  upload.holdBack()
  await upload.send(NEVER)
  expect(marks.some(Boolean)).toBe(false)
  expect(volumeId).toBe('ours')
  expect(sent).toHaveLength(5)
})

it('ends between two turns when another study is wanted', async () => {
  const wish = new AbortController()
  const sending = toHeld().send(wish.signal)
  wish.abort()
  await vi.runAllTimersAsync()
  await sending
  expect(sent).toHaveLength(3)
})

it('leaves all slices to the next drawing where none has made the texture', async () => {
  handle = null
  await toHeld().send(NEVER)
  expect(sent).toEqual([])
  expect(marks).toEqual([true, true, true, true, true])
})

it('leaves what was not sent before another wish to the drawings that come', async () => {
  const wish = new AbortController()
  const sending = toHeld().send(wish.signal)
  wish.abort()
  await vi.runAllTimersAsync()
  await sending
  texture.update3DFromRaw()
  expect(sent.flat()).toEqual([0, 1, 2, 3, 4])
})
