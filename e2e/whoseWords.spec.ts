import { findChromium } from '../scripts/chromium.ts'
import { expect, test, type VoxctPage, withBrowser } from './support/app.ts'
import { readLog, startReadLog, toClockStart, toReadBetween, untilSpoken } from './support/readLog.ts'
import { microphoneArgs, speakStretches } from './support/speak.ts'
import { cube, known, readStudyId, saidFindings, transcripts, utterances } from './support/studies.ts'

const FIRST = cube('first.nii', -850, 61)
const SECOND = cube('second.nii', 40, 63)

/** One finding a stretch, named all along, so that each half of a stretch that is cut in two names it too. */
const SPOKEN = [
  { id: 'consolidation', text: 'There is consolidation in the right lower lobe, consolidation, dense consolidation.' },
  { id: 'emphysema', text: 'There is emphysema in both upper lobes, emphysema, severe emphysema.' },
  { id: 'lung_nodule', text: 'There is a lung nodule in the left upper lobe, a lung nodule, a lung nodule.' },
  { id: 'hiatal_hernia', text: 'There is a hiatal hernia, a large hiatal hernia, a hiatal hernia.' },
  { id: 'pleural_effusion', text: 'There is a large right pleural effusion. A pleural effusion on the right side.' },
]
const GAP_MS = 1500
/** Sound reaches the page in blocks, and speech is noticed a little after it begins. */
const CLOCK_SLACK_MS = 700

/** A recording in which every finding stands for the moment in which it was said. */
const speakFindings = () =>
  speakStretches(
    'five-findings',
    SPOKEN.map(({ text }) => text),
    GAP_MS,
  )

async function openFirst(app: VoxctPage): Promise<string> {
  await app.openEmpty()
  await app.dropFiles(FIRST)
  await expect(app.page.getByTestId('study-title')).toHaveText(FIRST.name)
  await app.idle()
  return readStudyId(app.page)
}

/** The microphone goes on and writes to the study of this title. */
async function expectOwner({ page }: VoxctPage, title: string): Promise<void> {
  await expect(page.getByTestId('study-title')).toHaveText(title)
  await expect(page.getByTestId('mic-owner')).toContainText(title)
  await expect(page.getByTestId('mic-button')).toHaveAttribute('data-status', /^(listening|speaking)$/)
}

async function reopen(app: VoxctPage, title: string): Promise<void> {
  await known(app.page, title).click()
  await expectOwner(app, title)
}

/** Opens studies in the middle of the first, third and fourth stretch. */
async function openWhileSpeaking(app: VoxctPage, { stretches }: ReturnType<typeof speakFindings>): Promise<void> {
  const { page } = app
  await untilSpoken(page, stretches, stretches[0].startMs + 2000)
  await app.dropFiles(SECOND)
  await expectOwner(app, SECOND.name)
  await untilSpoken(page, stretches, stretches[2].startMs + 1800)
  await reopen(app, FIRST.name)
  await untilSpoken(page, stretches, stretches[3].startMs + 1000)
  await reopen(app, SECOND.name)
  await reopen(app, FIRST.name)
  await untilSpoken(page, stretches, stretches[4].endMs + GAP_MS)
}

test('words spoken while studies are opened stay with the study that was read when they were said', async ({
  baseURL,
}) => {
  const recording = speakFindings()
  const options = { executablePath: findChromium(), baseURL: baseURL ?? '', permissions: ['microphone'] }
  await withBrowser({ ...options, args: microphoneArgs(recording.path) }, async (app) => {
    const { page } = app
    const firstId = await openFirst(app)
    await startReadLog(page)
    await page.keyboard.press('m')
    await openWhileSpeaking(app, recording)
    await page.keyboard.press('m')
    await app.idle()
    const log = await readLog(page)
    const heard = new Map([[firstId, { said: await saidFindings(page), words: await transcripts(page) }]])
    await known(page, SECOND.name).click()
    await expect(page.getByTestId('study-title')).toHaveText(SECOND.name)
    await app.idle()
    heard.set(await readStudyId(page), { said: await saidFindings(page), words: await transcripts(page) })
    expect(heard.size).toBe(2)

    const startMs = toClockStart(log, recording.stretches)
    const readers = recording.stretches.map((stretch) =>
      toReadBetween(log, startMs + stretch.startMs - CLOCK_SLACK_MS, startMs + stretch.endMs + CLOCK_SLACK_MS),
    )
    expect(readers.filter(({ size }) => size > 1).length, 'stretches cut in two').toBeGreaterThanOrEqual(2)
    expect(readers.filter(({ size }) => size === 1).length, 'whole stretches').toBeGreaterThanOrEqual(2)
    for (const [n, { id }] of SPOKEN.entries()) {
      const name = id.split('_').at(-1) ?? id
      for (const [studyId, { said, words }] of heard) {
        const isHeard = said.includes(id) || words.join(' ').includes(name)
        const what = `${id} in the ${studyId === firstId ? 'first' : 'second'} study`
        if (!readers[n].has(studyId)) expect(isHeard, what).toBe(false)
        else if (readers[n].size === 1) expect(said, what).toContain(id)
      }
    }
  })
})

test('a recording of more than a minute belongs to the study that it was given to', async ({ app, page }) => {
  const spoken = [...SPOKEN, ...SPOKEN, ...SPOKEN.slice(0, 2)]
  const { path, stretches } = speakStretches(
    'a-minute',
    spoken.map(({ text }) => text),
    900,
  )
  expect(stretches.at(-1)?.endMs).toBeGreaterThan(60_000)
  const firstId = await openFirst(app)
  await page.getByTestId('audio-input').setInputFiles(path)
  await expect(page.getByTestId('cancel-file')).toBeVisible()
  await app.dropFiles(SECOND)
  await expect(page.getByTestId('study-title')).toHaveText(SECOND.name)
  await app.idle()
  await expect(utterances(page)).toHaveCount(0)
  expect(await saidFindings(page)).toEqual([])
  await known(page, FIRST.name).click()
  await expect(page.getByTestId('patient-strip')).toHaveAttribute('data-study-id', firstId)
  await app.idle()
  await expect(utterances(page)).toHaveCount(spoken.length)
  expect(await saidFindings(page)).toEqual(SPOKEN.map(({ id }) => id).sort())
})
