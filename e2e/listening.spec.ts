import AxeBuilder from '@axe-core/playwright'
import { findChromium } from '../scripts/chromium.ts'
import { expect, test, withBrowser } from './support/app.ts'
import { rampSeries } from './support/rampSeries.ts'
import { microphoneArgs, quietRoom, speak, speakStretches } from './support/speak.ts'
import { transcripts, utterances } from './support/studies.ts'

// Two models are loaded, and three utterances spoken and heard.
test.setTimeout(300_000)

// Of espeak's voice Whisper writes these down as they are; "go to sleep" it does not, so a key sends it to sleep.
const SAID = ['There is a large pleural effusion.', 'Viewer, wake up.', 'Viewer, lung window.']
const GAP_MS = 5000

/** The tracks that the page was given, and whether it gets another one. */
interface Unplugged {
  tracks: MediaStreamTrack[]
  isUnplugged: boolean
}

test('asleep nothing is kept and only the wake phrase is heard; an unplugged microphone is told and taken again', async ({
  baseURL,
}) => {
  const { path } = speakStretches('listening', SAID, GAP_MS, quietRoom)
  const options = { args: microphoneArgs(path), executablePath: findChromium(), permissions: ['microphone'] }
  await withBrowser({ ...options, baseURL: baseURL ?? '' }, async (app) => {
    const { page } = app
    await page.addInitScript(() => {
      const device: Unplugged = { tracks: [], isUnplugged: false }
      Object.assign(window, { device })
      const open = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices)
      navigator.mediaDevices.getUserMedia = async (constraints) => {
        if (device.isUnplugged) throw new DOMException('', 'NotFoundError')
        const stream = await open(constraints)
        device.tracks = stream.getTracks()
        return stream
      }
    })
    await app.openEmpty()
    await app.dropFiles(rampSeries())
    await app.idle()
    await page.getByTestId('audio-input').setInputFiles(speak('listening-first', 'No effusion.', { padSeconds: 1 }))
    await expect(utterances(page)).toHaveCount(1)
    await transcripts(page)

    const panel = page.getByTestId('dictation-panel')
    await page.getByTestId('preset-bone').click()
    await page.keyboard.press('m')
    await expect(page.getByTestId('app-shell')).toHaveAttribute('data-microphone', /listening|speaking/)
    await page.keyboard.press('Alt+z')
    await expect(panel).toHaveAttribute('data-listening', 'asleep')
    await expect(page.getByTestId('voice-mode')).toContainText('wake up')
    expect((await new AxeBuilder({ page }).include('[data-testid="dictation-panel"]').analyze()).violations).toEqual([])
    await expect(panel).not.toHaveAttribute('data-listening', 'asleep', { timeout: 60_000 })
    await expect(page.getByTestId('preset-lung')).toHaveAttribute('aria-pressed', 'true', { timeout: 60_000 })
    await expect(utterances(page)).toHaveCount(1)

    await page.evaluate(() => {
      const { device } = window as unknown as { device: Unplugged }
      device.isUnplugged = true
      for (const track of device.tracks) track.dispatchEvent(new Event('ended'))
    })
    await expect(page.getByTestId('mic-problem')).toHaveAttribute('data-code', 'microphone-missing')
    await expect(panel).toHaveAttribute('data-listening', 'trouble')
    await page.evaluate(() => {
      ;(window as unknown as { device: Unplugged }).device.isUnplugged = false
      navigator.mediaDevices.dispatchEvent(new Event('devicechange'))
    })
    await expect(page.getByTestId('mic-problem')).toHaveCount(0)
    await expect(page.getByTestId('app-shell')).toHaveAttribute('data-microphone', /listening|speaking/)
  })
})
