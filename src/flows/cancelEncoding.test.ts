import { beforeEach, expect, it } from 'vitest'
import { selectRead } from '../state/selectors.ts'
import { createTwoPacks } from './twoPacks.fixture.ts'

let parts: ReturnType<typeof createTwoPacks>
const findings = () => selectRead(parts.store.get()).findings
const encodings = () => parts.log.filter((line) => line.startsWith('encode')).length

beforeEach(async () => {
  parts = createTwoPacks()
  await Promise.all([parts.reading.studies.openPhantom(1), parts.reading.loadModels()])
  parts.log.length = 0
})

/** Opens another study and cancels while it is encoded; what the engine still brings comes when it is told to. */
async function cancelEncoding(): Promise<() => void> {
  let answer: (value?: unknown) => void = () => undefined
  parts.world.encoding = new Promise((resolve) => {
    answer = resolve
  })
  const opening = parts.reading.studies.openPhantom(2)
  while (encodings() === 0) await new Promise((resolve) => setTimeout(resolve, 1))
  parts.reading.cancel()
  answer()
  await opening
  parts.world.encoding = Promise.resolve()
  return answer
}

it('leaves the scan unread when its encoding is cancelled, whatever the engine still brings', async () => {
  await cancelEncoding()
  expect(findings()).toMatchObject({ phase: 'idle', progress: null, problem: null })
  expect(findings().rows.every(({ probability }) => probability === null)).toBe(true)
})

it('does not read a scan that was cancelled when it had come on screen and its encoding had not begun', async () => {
  const { viewer } = parts.deps
  Object.assign(viewer, {
    show: async (_volume: unknown, onReveal?: () => void) => {
      onReveal?.()
      parts.reading.cancel()
    },
  })
  const study = await parts.reading.studies.openPhantom(2).then(() => selectRead(parts.store.get()))
  expect(study.study?.id).toBe('phantom-2')
  expect([encodings(), study.findings.phase]).toEqual([0, 'idle'])
  await parts.reading.encodeAgain()
  expect([encodings(), findings().phase]).toEqual([1, 'ready'])
})

it('encodes a cancelled scan when asked to, once', async () => {
  await cancelEncoding()
  await Promise.all([parts.reading.encodeAgain(), parts.reading.encodeAgain()])
  expect(encodings()).toBe(2)
  expect(findings().phase).toBe('ready')
  expect(findings().rows.some(({ probability }) => probability !== null)).toBe(true)
})

it('has nothing to encode again while no model is there', async () => {
  parts.world.loading = new Promise(() => undefined)
  void parts.reading.choosePack('second')
  await parts.reading.encodeAgain()
  expect(encodings()).toBe(0)
})
