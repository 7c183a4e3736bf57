import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { resolve } from 'node:path'
import { type Browser, expect, type Page } from '@playwright/test'
import { ensurePython } from '../scripts/python.ts'
import { browserPids, idle, launch, openPage, residentMiB } from './browser.ts'
import { against, type Row } from './rows.ts'
import { formatMs, median, percentile } from './statistics.ts'

/*
 * What a person waits for who has spoken: twelve sentences by natural voices (fixtures/heard), one after the other. The encoder's
 * chips come first, the transcript makes them firm; the redemption of the voice activity detection, 600 ms, comes before both.
 */

const ROOT = resolve(import.meta.dirname, '..')
const FOLDER = resolve(ROOT, 'fixtures/heard')
const PACK = 'public/models/phantom-mini'
const CLIPS = readdirSync(FOLDER)
  .filter((name) => /-\d+\.wav$/.test(name))
  .map((name) => resolve(FOLDER, name))

interface Answers {
  readonly chipsMs: readonly number[]
  readonly transcriptMs: readonly number[]
}

const takeAnswers = (page: Page): Promise<Answers> =>
  page.evaluate(() => {
    const heard = performance.getEntriesByName('voxct:end-of-speech-to-panel') as PerformanceMeasure[]
    const written = performance.getEntriesByName('voxct:written') as PerformanceMark[]
    const endOf = new Map(written.map(({ detail, startTime }) => [detail, startTime]))
    return {
      chipsMs: heard.map(({ duration }) => duration),
      transcriptMs: heard.map(({ detail, startTime }) => (endOf.get(detail) ?? Number.NaN) - startTime),
    }
  })

async function hear(page: Page, wav: string, count: number): Promise<void> {
  await page.getByTestId('audio-input').setInputFiles(wav)
  await expect
    .poll(() => page.evaluate(() => performance.getEntriesByName('voxct:written').length), { timeout: 120_000 })
    .toBe(count)
}

const tabMiB = async (browser: Browser): Promise<number> => residentMiB(await browserPids(browser))

function measurePeer(): number {
  const args = ['bench/whisper_peer.py', '--pack', PACK, '--clips', ...CLIPS]
  const { stdout, status, stderr } = spawnSync(ensurePython(), args, { cwd: ROOT, encoding: 'utf8' })
  if (status !== 0) throw new Error(`bench/whisper_peer.py failed: ${stderr}`)
  return median(JSON.parse(stdout).write_ms)
}

const spread = (values: readonly number[]): string =>
  `${formatMs(median(values))}, ${formatMs(percentile(values, 0.95))}`

/** Chips, transcript, the transcriber's loading and what it takes of memory. */
export async function measureSpeech(url: string): Promise<Row[]> {
  const browser = await launch()
  const { page } = await openPage(browser, url)
  await idle(page)
  const before = await tabMiB(browser)
  const startedAt = Date.now()
  await hear(page, CLIPS[0], 1)
  const firstMs = Date.now() - startedAt
  for (const [n, wav] of CLIPS.entries()) await hear(page, wav, n + 2)
  const { chipsMs, transcriptMs } = await takeAnswers(page)
  const after = await tabMiB(browser)
  await browser.close()
  const what = `${CLIPS.length} spoken sentences, median and 95th percentile`
  return [
    { what: `${what}: end of utterance → chips`, value: spread(chipsMs.slice(1)), peer: '' },
    {
      what: `${what}: end of utterance → transcript, chips firm (Whisper base, wasm int8)`,
      value: spread(transcriptMs.slice(1)),
      peer: against(median(transcriptMs.slice(1)), measurePeer(), 'the same graphs by native onnxruntime'),
    },
    { what: 'The first sentence of a visit, with loading the transcriber', value: formatMs(firstMs), peer: '' },
    {
      what: 'Memory of the tab before and with the transcriber',
      value: `${before.toFixed(0)} MiB, ${after.toFixed(0)} MiB`,
      peer: '',
    },
  ]
}
