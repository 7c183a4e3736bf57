import { readFileSync } from 'node:fs'
import { expect, test } from './support/app.ts'
import { speak } from './support/speak.ts'

const HEADER_BYTES = 44
const SAMPLES_A_SECOND = 22_050

/** The sound of a 16-bit mono WAV in two channels, the second one turned round, with a byte rate that claims days. */
function toOpposite(mono: Buffer): Buffer {
  const samples = mono.subarray(HEADER_BYTES)
  const stereo = Buffer.alloc(HEADER_BYTES + samples.length * 2)
  mono.copy(stereo, 0, 0, HEADER_BYTES)
  stereo.writeUInt32LE(stereo.length - 8, 4)
  stereo.writeUInt16LE(2, 22)
  stereo.writeUInt32LE(10, 28)
  stereo.writeUInt16LE(4, 32)
  stereo.writeUInt32LE(samples.length * 2, 40)
  for (let at = 0; at < samples.length; at += 2) {
    const sample = samples.readInt16LE(at)
    stereo.writeInt16LE(sample, HEADER_BYTES + at * 2)
    stereo.writeInt16LE(Math.max(-32_767, -sample), HEADER_BYTES + at * 2 + 2)
  }
  return stereo
}

/** A thousandth of the loudness: 60 dB less. */
function toSoft(mono: Buffer): Buffer {
  const soft = Buffer.from(mono)
  for (let at = HEADER_BYTES; at + 2 <= soft.length; at += 2)
    soft.writeInt16LE(Math.round(soft.readInt16LE(at) / 1000), at)
  return soft
}

test('a recording opened like a scan, named for video, with opposite channels and a false rate, is heard', async ({
  app,
  page,
}) => {
  const wav = readFileSync(speak('opposite', 'There is a large right pleural effusion.', { padSeconds: 1 }))
  expect(wav.readUInt32LE(24)).toBe(SAMPLES_A_SECOND)
  await app.open()
  await app.idle()
  await app.dropFiles([{ name: 'memo.webm', mimeType: 'video/webm', buffer: toOpposite(wav) }])
  await expect(page.locator('[data-testid^="utterance-"][data-phase="ready"]')).toHaveCount(1)
  await expect(app.row('pleural_effusion')).toHaveAttribute('data-said', 'present')
})

test('speech that is too soft to be heard is told', async ({ app, page }) => {
  const wav = readFileSync(speak('soft', 'There is a large right pleural effusion.', { padSeconds: 1 }))
  await app.open()
  await app.idle()
  await page.getByTestId('audio-input').setInputFiles({ name: 'soft.wav', mimeType: 'audio/wav', buffer: toSoft(wav) })
  await expect(app.notice('speech-too-soft')).toContainText('soft.wav')
})
