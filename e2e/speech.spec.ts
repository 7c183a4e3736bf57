import { findChromium } from '../scripts/chromium.ts'
import { encodeWav } from '../src/domain/speech/wavEncode.ts'
import { expect, onOnePage, test, type VoxctPage, withBrowser } from './support/app.ts'
import { sharedFiles } from './support/sharedData.ts'
import { microphoneArgs, speak } from './support/speak.ts'
import { cube, transcripts } from './support/studies.ts'

const storyOnOnePage = onOnePage((app) => app.openEmpty())

/** A study of its own, of which nothing is said yet. */
async function openNew(app: VoxctPage, name: string, hu: number): Promise<void> {
  await app.dropFiles(cube(name, hu, 60))
  await expect(app.page.getByTestId('study-title')).toHaveText(name)
  await app.idle()
}

test('a finding spoken into the microphone comes first of 18 and changes the similar cases', async ({ baseURL }) => {
  const wav = speak('effusion', 'There is a large right pleural effusion.', { padSeconds: 1.5 })
  const options = {
    args: microphoneArgs(wav),
    executablePath: findChromium(),
    baseURL: baseURL ?? '',
    permissions: ['microphone'],
  }
  await withBrowser(options, async (app) => {
    const { page } = app
    await app.open()
    await app.idle()
    const before = await app.similarCases()
    await expect(page.getByTestId('mic-button')).toHaveAttribute('data-status', 'off')
    await page.keyboard.press('m')
    const utterance = page.locator('[data-testid^="utterance-"][data-phase="ready"]')
    await expect(utterance).toHaveCount(1)
    await page.keyboard.press('m')
    await expect(page.getByTestId('mic-button')).toHaveAttribute('data-status', 'off')
    expect((await app.rowOrder())[0]).toBe('pleural_effusion')
    await expect(app.row('pleural_effusion')).toHaveAttribute('data-said', 'present')
    expect(await app.similarCases()).not.toEqual(before)
    await page.reload()
    await app.idle()
    await expect(utterance).toHaveCount(1)
    await expect(app.row('pleural_effusion')).toHaveAttribute('data-said', 'present')
  })
})

storyOnOnePage(
  'a dropped audio file is heard like speech, and a finding said absent is not said present',
  async ({ app, page }) => {
    await openNew(app, 'absent.nii', -850)
    await page
      .getByTestId('audio-input')
      .setInputFiles(speak('no-effusion', 'There is no pleural effusion.', { voice: 'en-gb', padSeconds: 1 }))
    await expect(page.locator('[data-testid^="utterance-"][data-phase="ready"]')).toHaveCount(1)
    await expect(app.row('pleural_effusion')).not.toHaveAttribute('data-said', 'present')
  },
)

storyOnOnePage('a recorded speech about other things puts no finding into said', async ({ app, page }) => {
  const files = sharedFiles('speech').filter((path) => path.endsWith('jfk.wav'))
  expect(files).toHaveLength(1)
  await openNew(app, 'others.nii', -840)
  await page.getByTestId('audio-input').setInputFiles(files)
  const utterances = page.locator('[data-testid^="utterance-"]')
  await expect(utterances.first()).toBeVisible()
  await app.idle()
  expect(await utterances.count()).toBeGreaterThan(0)
  await expect(page.locator('[data-testid^="finding-row-"]:not([data-said="not-mentioned"])')).toHaveCount(0)
})

storyOnOnePage(
  'recorded speech is written down in its words, behind its chips, and again after a reload',
  async ({ app, page }) => {
    const [jfk] = sharedFiles('speech').filter((path) => path.endsWith('jfk.wav'))
    await openNew(app, 'words.nii', -830)
    await page.getByTestId('audio-input').setInputFiles(jfk)
    await expect(page.getByText('Writing it down …').first()).toBeVisible()
    const words = async () =>
      (await transcripts(page))
        .join(' ')
        .toLowerCase()
        .replace(/[^a-z ]/g, '')
    expect(await words()).toContain('fellow americans')
    expect(await words()).toContain('what you can do for your country')
    await page.reload()
    await openNew(app, 'words.nii', -830)
    expect(await words()).toContain('what you can do for your country')
  },
)

storyOnOnePage('noise is not taken for speech that says a finding', async ({ app, page }) => {
  const files = sharedFiles('noise').filter((path) => /\.(wav|ogg|mp3|flac)$/.test(path))
  expect(files.length).toBeGreaterThanOrEqual(4)
  await openNew(app, 'noise.nii', -820)
  for (const file of files) {
    await page.getByTestId('audio-input').setInputFiles(file)
    await app.idle()
  }
  await expect(page.locator('[data-testid^="finding-row-"]:not([data-said="not-mentioned"])')).toHaveCount(0)
  expect((await transcripts(page)).join('')).toBe('')
})

storyOnOnePage(
  'a sound without speech, and a file that is no sound, are named with the next step',
  async ({ app, page }) => {
    await openNew(app, 'silence.nii', -810)
    const silence = Buffer.from(encodeWav(new Float32Array(32_000), 16_000))
    await page.getByTestId('audio-input').setInputFiles({ name: 'silence.wav', mimeType: 'audio/wav', buffer: silence })
    await expect(app.notice('no-speech')).toContainText('silence.wav')
    const text = { name: 'letter.wav', mimeType: 'audio/wav', buffer: Buffer.from('Dear colleague') }
    await page.getByTestId('audio-input').setInputFiles(text)
    await expect(app.notice('audio-undecodable')).toContainText('letter.wav')
    await app.showEvidence()
    await app.probabilities()
  },
)
