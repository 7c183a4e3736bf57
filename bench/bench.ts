import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, writeFileSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'
import { resolve } from 'node:path'
import { expect, type Page } from '@playwright/test'
import { ensurePython } from '../scripts/python.ts'
import { browserPids, exportReading, idle, launch, markMs, openPage, residentMiB } from './browser.ts'
import { measureFullSize } from './fullSize.ts'
import { measureLargeLibrary } from './library.ts'
import { measureLiveTranscript } from './liveTranscript.ts'
import { measureFullPreprocess } from './preprocess.ts'
import { measureRealEncoder } from './realEncoder.ts'
import { against, type Row } from './rows.ts'
import { measureSearch as measureLargeSearch } from './search.ts'
import { serveBuild } from './server.ts'
import { measureSpeech } from './speech.ts'
import { formatMs, median } from './statistics.ts'
import { measureBeside } from './viewers/beside.ts'
import { keptTable } from './viewers/table.ts'

/*
 * `npm run bench`: what a person waits for, against a named peer in the same run on the same cores.
 * Writes bench/RESULTS.md. Timings are printed, never asserted. `npm run bench -- live` (or `astra FOLDER`, `search`, `speech`): these rows alone, printed.
 * `npm run bench -- viewers`: beside OHIF and niivue, written under a heading of its own; `-- viewers 1`: one run each.
 */

const ROOT = resolve(import.meta.dirname, '..')
const REAL_SCAN = resolve(ROOT, '../shared/data/ct-lidc-idri-0314')
const REPEATS = 5
const PORT = 4199

const realScanFiles = (): string[] =>
  existsSync(REAL_SCAN)
    ? readdirSync(REAL_SCAN)
        .filter((name) => name.endsWith('.dcm'))
        .map((name) => resolve(REAL_SCAN, name))
    : []

async function measureFirstPicture(url: string): Promise<Row> {
  const times: number[] = []
  for (let run = 0; run <= REPEATS; run++) {
    const browser = await launch()
    const { page } = await openPage(browser, url)
    await expect.poll(() => markMs(page, 'voxct:study-shown'), { timeout: 120_000 }).toBeGreaterThan(0)
    if (run > 0) times.push(await markMs(page, 'voxct:study-shown'))
    await browser.close()
  }
  return { what: 'App opened → demo case on screen (fresh browser)', value: formatMs(median(times)), peer: '' }
}

interface Reading {
  readonly preprocessMs: number[]
  readonly encodeMs: number[]
  readonly openMs: number[]
  readonly memoryMiB: number
}

async function reopen(page: Page, files: readonly string[]): Promise<number> {
  const startedAt = Date.now()
  if (files.length > 0) await page.getByTestId('open-input').setInputFiles([...files])
  else await page.getByTestId('demo-button').first().click()
  await expect(page.getByTestId('app-shell')).toHaveAttribute('data-idle', 'false', { timeout: 30_000 })
  await expect(page.getByTestId('app-shell')).toHaveAttribute('data-study-phase', 'ready', { timeout: 300_000 })
  const openMs = Date.now() - startedAt
  await idle(page)
  return openMs
}

async function measureReadings(url: string, files: readonly string[]): Promise<Reading> {
  const browser = await launch()
  const { page } = await openPage(browser, url)
  await idle(page)
  const [openMs, preprocessMs, encodeMs]: number[][] = [[], [], []]
  let memoryMiB = 0
  for (let run = 0; run <= REPEATS; run++) {
    const opened = await reopen(page, files)
    const reading = await exportReading(page)
    memoryMiB = Math.max(memoryMiB, residentMiB(await browserPids(browser)))
    if (run === 0) continue
    openMs.push(opened)
    preprocessMs.push(reading.preprocessMs)
    encodeMs.push(reading.encodeMs)
  }
  await browser.close()
  return { openMs, preprocessMs, encodeMs, memoryMiB }
}

/** One encode on the software adapter after its warm-up by the parity probe: minutes, so no repeats. */
async function measureSoftwareWebGpu(url: string): Promise<Row> {
  const browser = await launch({ webgpu: true })
  const { page } = await openPage(browser, `${url}/?provider=webgpu`)
  await idle(page)
  const { encodeMs } = await exportReading(page)
  await browser.close()
  return { what: 'Encode the demo case, WebGPU on a software adapter (1 run)', value: formatMs(encodeMs), peer: '' }
}

interface Peers {
  readonly encode_ms: number[]
  readonly preprocess_ms: number[]
}

function measurePeers(size: readonly number[], spacingMm: readonly number[]): Peers {
  const args = [
    'bench/peers.py',
    '--pack',
    'public/models/phantom-mini',
    '--size',
    ...size.map(String),
    '--spacing',
    ...spacingMm.map(String),
  ]
  const { stdout, status, stderr } = spawnSync(ensurePython(), args, { cwd: ROOT, encoding: 'utf8' })
  if (status !== 0) throw new Error(`bench/peers.py failed: ${stderr}`)
  return JSON.parse(stdout)
}

/** CT-CLIP's own input from a scan of 512×512×275: 55 million voxels. */
async function measureLargePreprocess(): Promise<Row> {
  const { ours, peer } = await measureFullPreprocess(REPEATS)
  return {
    what: 'Preprocess 512×512×275 → 480×480×240',
    value: formatMs(median(ours)),
    peer: against(median(ours), median(peer), 'torch clip, F.interpolate, scale'),
  }
}

async function measureSearch(): Promise<Row[]> {
  const { firstMs, laterMs, longestBlockMs } = await measureLargeLibrary(50_000, REPEATS)
  return [
    { what: 'Library of 50,000 cases × 512: first query, with loading 102 MB', value: formatMs(firstMs), peer: '' },
    { what: 'The same: later queries', value: formatMs(median(laterMs)), peer: '' },
    { what: 'The same: longest pause of the page', value: formatMs(longestBlockMs), peer: '' },
  ]
}

function toRows(reading: Reading, peers: Peers, what: string): Row[] {
  const [preprocess, encode] = [median(reading.preprocessMs), median(reading.encodeMs)]
  return [
    { what: `${what}: files → on screen`, value: formatMs(median(reading.openMs)), peer: '' },
    {
      what: `${what}: preprocess`,
      value: formatMs(preprocess),
      peer: against(preprocess, median(peers.preprocess_ms), 'torch F.interpolate'),
    },
    {
      what: `${what}: encode, wasm`,
      value: formatMs(encode),
      peer: against(encode, median(peers.encode_ms), 'native onnxruntime fp32'),
    },
    { what: `${what}: memory of the tab`, value: `${reading.memoryMiB.toFixed(0)} MiB`, peer: '' },
  ]
}

function writeResults(rows: readonly Row[]): void {
  const machine = `${cpus().length} × ${cpus()[0].model}, ${(totalmem() / 2 ** 30).toFixed(0)} GiB, Node ${process.version}, headless Chromium`
  const table = rows.map(({ what, value, peer }) => `| ${what} | ${value} | ${peer} |`).join('\n')
  const text = `# Bench\n\nWritten by \`npm run bench\` on ${new Date().toISOString().slice(0, 10)}: ${machine}.\nMedians of ${REPEATS} runs after a warm-up.\n\n| what | median | ratio to a peer in the same run |\n|---|---|---|\n${table}\n${keptTable()}`
  writeFileSync(resolve(import.meta.dirname, 'RESULTS.md'), text)
  process.stdout.write(text)
}

/** What can be measured alone, and is then printed only. */
const PARTS: Readonly<Record<string, ((url: string) => Promise<Row[]>) | undefined>> = {
  astra: measureRealEncoder,
  live: measureLiveTranscript,
  search: measureLargeSearch,
  speech: measureSpeech,
}

async function main(): Promise<void> {
  const server = await serveBuild(PORT)
  try {
    if (process.argv[2] === 'viewers') return await measureBeside(server.url)
    const only = PARTS[process.argv[2] ?? '']
    if (only) {
      for (const { what, value, peer } of await only(server.url)) process.stdout.write(`${what}: ${value} ${peer}\n`)
      return
    }
    const rows = [await measureFirstPicture(server.url)]
    const files = realScanFiles()
    if (files.length > 0) {
      const reading = await measureReadings(server.url, files)
      rows.push(...toRows(reading, measurePeers([275, 512, 512], [1, 0.78125, 0.78125]), 'Real chest CT, 512×512×275'))
    } else process.stdout.write('skipped: real chest CT (../shared/data/ct-lidc-idri-0314 is absent)\n')
    rows.push(await measureLargePreprocess(), ...(await measureSearch()), ...(await measureLargeSearch()))
    rows.push(
      ...(await measureSpeech(server.url)),
      ...(await measureLiveTranscript(server.url)),
      await measureSoftwareWebGpu(server.url),
    )
    rows.push(...(await measureFullSize(server.url)), ...(await measureRealEncoder(server.url)))
    writeResults(rows)
  } finally {
    server.stop()
  }
}

await main()
