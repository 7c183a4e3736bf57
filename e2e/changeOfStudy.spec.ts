import type { Page } from '@playwright/test'
import { expect, test, type VoxctPage } from './support/app.ts'
import { type PageFrame, startPageFrames, stopPageFrames } from './support/pageFrames.ts'
import { speak } from './support/speak.ts'
import { cube, known, readStudyId, utterances } from './support/studies.ts'

const DARK = { file: cube('dark.nii', -900, 97), slices: '49 / 97', hu: '−900 HU' }
const BRIGHT = { file: cube('bright.nii', 0, 101), slices: '51 / 101', hu: '0 HU' }

/** What every frame of one study must show; probabilities are either not there yet or its own. */
interface Whole {
  readonly name: string
  readonly id: string
  readonly slices: string
  readonly hu: string
  readonly said: readonly string[]
  readonly cardCount: number
  readonly probabilities: string
}

async function toWhole(page: Page, { file, slices, hu }: typeof DARK): Promise<Whole> {
  await expect(page.getByTestId('hu')).toHaveText(hu)
  await startPageFrames(page)
  const frame = (await stopPageFrames(page)).at(-1)
  if (!frame) throw new Error('no frame was drawn')
  const { studyId: id, said, cardCount, probabilities } = frame
  return { name: file.name, id, slices, hu, said, cardCount, probabilities: probabilities.join() }
}

/** What of the frame is not the study's, in words. */
function toForeign(frame: PageFrame, own: Whole): string[] {
  const foreign: string[] = []
  const check = (what: string, isOwn: boolean) => {
    if (!isOwn) foreign.push(`${what} beside ${own.name}: ${JSON.stringify(frame)}`)
  }
  check('title', frame.title === own.name)
  check('microphone', frame.micOwner.includes(own.name))
  check('pixels', frame.volumeIds.join() === own.id)
  check('slice', frame.slices.length === 3 && frame.slices.every((slice) => slice === own.slices))
  check(
    'density',
    frame.hu.every((hu) => hu === own.hu),
  )
  check('dictation', frame.cardCount === own.cardCount)
  check('said', frame.said.join() === own.said.join())
  check('findings', frame.probabilities.every((one) => one === '') || frame.probabilities.join() === own.probabilities)
  check(
    'list',
    frame.marked.every((title) => title === own.name),
  )
  return foreign
}

/** Every frame is wholly of one study, first of the former one and from some frame on of the other. */
function expectNoMixture(frames: readonly PageFrame[], former: Whole, next: Whole): void {
  expect(frames.flatMap((frame) => toForeign(frame, frame.studyId === former.id ? former : next))).toEqual([])
  const first = frames.findIndex(({ studyId }) => studyId === next.id)
  expect(first).toBeGreaterThan(0)
  expect(frames.slice(first).every(({ studyId }) => studyId === next.id)).toBe(true)
  // The former study is dimmed under what is being opened, and the next one is not.
  expect(frames.slice(0, first).some(({ curtain }) => curtain?.startsWith('Opening'))).toBe(true)
  expect(frames.slice(first).every(({ curtain }) => curtain === null)).toBe(true)
}

async function restPointer(page: Page): Promise<void> {
  const box = await page.locator('[data-view="axial"]').boundingBox()
  if (!box) throw new Error('the axial view has no place')
  await page.mouse.move(box.x + box.width * 0.4, box.y + box.height * 0.3)
}

async function openAndRead(app: VoxctPage, { file }: typeof DARK): Promise<void> {
  await app.dropFiles(file)
  await expect(app.page.getByTestId('study-title')).toHaveText(file.name)
  await app.idle()
}

/** Shows a study of this visit without the pointer, which goes on resting where it is. */
async function reopen(app: VoxctPage, { file }: typeof DARK): Promise<void> {
  await known(app.page, file.name).dispatchEvent('click')
  await expect(app.page.getByTestId('study-title')).toHaveText(file.name)
  await app.idle()
}

/** The scores of a model of phantoms are withheld for a file. */
async function showEvidence(page: Page): Promise<void> {
  await page.keyboard.press('Shift+A')
  await expect(page.locator('[data-testid^="finding-row-"][data-probability]')).not.toHaveCount(0)
}

test('pixels, title, findings, dictation and read-outs change in one frame, when a scan is opened and when it comes back', async ({
  app,
  page,
}) => {
  await app.openEmpty()
  await app.idle()
  await openAndRead(app, DARK)
  await page.getByTestId('audio-input').setInputFiles(speak('hernia', 'There is a hiatal hernia.', { padSeconds: 1 }))
  await expect(utterances(page)).toHaveCount(1)
  await app.idle()
  await restPointer(page)
  await showEvidence(page)
  const dark = await toWhole(page, DARK)
  expect(dark).toMatchObject({ id: await readStudyId(page), said: ['hiatal_hernia'], cardCount: 1 })

  await startPageFrames(page)
  await openAndRead(app, BRIGHT)
  const opening = await stopPageFrames(page)
  await showEvidence(page)
  const bright = await toWhole(page, BRIGHT)
  expect(bright).toMatchObject({ said: [], cardCount: 0 })
  expect(bright.probabilities).not.toBe(dark.probabilities)
  expectNoMixture(opening, dark, bright)

  for (const [to, former, next] of [
    [DARK, bright, dark],
    [BRIGHT, dark, bright],
  ] as const) {
    await startPageFrames(page)
    await reopen(app, to)
    expectNoMixture(await stopPageFrames(page), former, next)
  }
})
