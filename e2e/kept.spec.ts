import { expect, test, VoxctPage } from './support/app.ts'
import { putRow, readStore, toOldRow, writeOldDatabase } from './support/oldDatabase.ts'
import { speak, speakStretches } from './support/speak.ts'
import { cube, known, readStudyId, saidFindings, transcripts, utterances } from './support/studies.ts'

const HERNIA = 'There is a hiatal hernia, a large hiatal hernia.'
const NODULE = 'There is a lung nodule in the left upper lobe.'

/** A recording of both sentences, or of one of them. */
const twoSentences = () => speakStretches('two-sentences', [HERNIA, NODULE], 1200).path
const oneSentence = (name: string, text: string) => speak(name, text, { padSeconds: 1 })

async function openCube(app: VoxctPage, file: ReturnType<typeof cube>): Promise<string> {
  const isRead = (await app.page.getByTestId('patient-strip').count()) > 0
  const before = isRead ? await readStudyId(app.page) : ''
  await app.dropFiles(file)
  await expect(app.page.getByTestId('study-title')).toHaveText(file.name)
  await expect(app.page.getByTestId('patient-strip')).not.toHaveAttribute('data-study-id', before)
  await app.idle()
  return readStudyId(app.page)
}

async function dictate(app: VoxctPage, recording: string, count: number): Promise<void> {
  await app.page.getByTestId('audio-input').setInputFiles(recording)
  await expect(utterances(app.page)).toHaveCount(count)
  await app.idle()
}

test('after a reload a scan is listed with what waits for it, and its files bring the dictation back', async ({
  app,
  page,
}) => {
  const file = cube('Doe_Jane_1950.nii', -500, 60)
  await app.openEmpty()
  await app.idle()
  await openCube(app, file)
  await dictate(app, twoSentences(), 2)
  const spoken = await transcripts(page)
  expect(spoken.join(' ')).toMatch(/hernia.*left upper lobe/)
  await page.reload()
  await app.idle()
  const entry = known(page, file.name)
  await expect(entry).toContainText('drop its files again to go on, 2 sentences kept')
  await expect(utterances(page)).toHaveCount(0)
  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), entry.click()])
  await chooser.setFiles(file)
  await expect(page.getByTestId('study-title')).toHaveText(file.name)
  await app.idle()
  expect(await transcripts(page)).toEqual(spoken)
  expect(await saidFindings(page)).toEqual(['hiatal_hernia', 'lung_nodule'])
  const ids = (await readStore(page, 'utterances')).map(({ studyId }) => studyId)
  expect(ids).toEqual(Array(2).fill(expect.stringMatching(/^study-[0-9a-f]{32}$/)))
})

test('two scans of one name and one length are two studies, each with its own dictation', async ({ app, page }) => {
  const [one, other] = [cube('chest.nii', -500, 60), cube('chest.nii', -480, 60)]
  expect(one.buffer.length).toBe(other.buffer.length)
  await app.openEmpty()
  await app.idle()
  const oneId = await openCube(app, one)
  await dictate(app, oneSentence('hernia', HERNIA), 1)
  const otherId = await openCube(app, other)
  expect(otherId).not.toBe(oneId)
  await expect(utterances(page)).toHaveCount(0)
  await dictate(app, oneSentence('nodule', NODULE), 1)
  expect(await saidFindings(page)).toEqual(['lung_nodule'])
  expect(await openCube(app, one)).toBe(oneId)
  await expect(utterances(page)).toHaveCount(1)
  expect(await saidFindings(page)).toEqual(['hiatal_hernia'])
})

test('what version 0.3.0 kept under a file’s name is offered for that file, and is its own once a person says so', async ({
  app,
  page,
}) => {
  const file = cube('Doe_Jane_1950.nii', -500, 60)
  const legacyId = `nifti-${file.name}-${file.buffer.length}`
  const samples = Array.from({ length: 16_000 }, (_, n) => Math.round(3000 * Math.sin(n / 20)))
  await writeOldDatabase(page, app.origin, [toOldRow('old-1', legacyId, samples)])
  await app.openEmpty()
  await app.idle()
  await expect(known(page, 'A study of an earlier version')).toContainText('1 sentence kept')
  expect(JSON.stringify(await readStore(page, 'utterances'))).not.toContain('Doe')
  const id = await openCube(app, file)
  await expect(utterances(page)).toHaveCount(0)
  const offer = page.getByTestId('offer-0.3.0')
  await expect(offer).toContainText('VoxCT 0.3.0 kept 1 utterance under this file’s name')
  await offer.getByRole('button', { name: 'They are of this scan' }).click()
  await expect(utterances(page)).toHaveCount(1)
  await expect(utterances(page)).toContainText('taken over')
  await expect(offer).toHaveCount(0)
  await app.idle()
  await page.reload()
  await app.idle()
  await expect(known(page, 'A study of an earlier version')).toHaveCount(0)
  await openCube(app, file)
  await expect(utterances(page)).toHaveAttribute('data-adopted', 'true')
  await expect(offer).toHaveCount(0)
  expect(await readStore(page, 'utterances')).toMatchObject([{ id: 'old-1', studyId: id, audio: samples.length }])
})

test('a study in two tabs: the second says so, and what is said in either is kept', async ({ app, page, context }) => {
  const file = cube('Doe_Jane_1950.nii', -500, 60)
  await app.openEmpty()
  const id = await openCube(app, file)
  const second = new VoxctPage(await context.newPage(), app.origin)
  await second.openEmpty()
  expect(await openCube(second, file)).toBe(id)
  await expect(second.page.getByTestId('study-elsewhere')).toBeVisible()
  await expect(page.getByTestId('study-elsewhere')).toHaveCount(0)
  await dictate(app, oneSentence('hernia', HERNIA), 1)
  await dictate(second, oneSentence('nodule', NODULE), 1)
  await page.reload()
  await openCube(app, file)
  await expect(utterances(page)).toHaveCount(2)
  expect(await saidFindings(page)).toEqual(['hiatal_hernia', 'lung_nodule'])
  await expect(page.getByTestId('study-elsewhere')).toBeVisible()
  await expect(second.page.getByTestId('study-elsewhere')).toHaveCount(0)
  await expect(utterances(second.page)).toHaveCount(2)
  expect(await saidFindings(second.page)).toEqual(['hiatal_hernia', 'lung_nodule'])
  expect(second.foreignRequests).toEqual([])
})

test('an utterance that cannot be read is told and stays where it is', async ({ app, page }) => {
  const file = cube('Doe_Jane_1950.nii', -500, 60)
  await app.openEmpty()
  const damaged = { id: 'damaged', studyId: await openCube(app, file), createdAtMs: 1, audio: 'lost' }
  const later = { id: 'later', studyId: damaged.studyId, version: 99, words: 'of a version to come' }
  await putRow(page, damaged)
  await putRow(page, later)
  await dictate(app, oneSentence('hernia', HERNIA), 1)
  await page.reload()
  await openCube(app, file)
  await expect(utterances(page)).toHaveCount(1)
  await expect(page.getByTestId('unreadable-utterances')).toContainText('2 utterances of this study cannot be read')
  const rows = await readStore(page, 'utterances')
  expect(rows).toHaveLength(3)
  expect(rows.find(({ id }) => id === 'later')).toEqual(later)
})
