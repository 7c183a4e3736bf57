import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, type Page } from '@playwright/test'
import { speak } from '../e2e/support/speak.ts'
import { FULL_PACK } from '../scripts/fullPack.ts'
import { ensurePython } from '../scripts/python.ts'
import { exportReading, idle, openKeepingPage } from './browser.ts'
import { measureDuringEncoding } from './duringEncoding.ts'
import { peakMiB } from './memory.ts'
import { against, type Row } from './rows.ts'
import { formatMs, median } from './statistics.ts'

const REPEATS = 5
const LONG = 900_000
const WHAT = 'CT-CLIP at full size (480×480×240), wasm int8'

interface NativeTimes {
  readonly trunkMs: number
  readonly headMs: number
}

/** The peer: the same graphs in fp32 on native onnxruntime with two threads, medians. */
function measureNative(): NativeTimes {
  const args = ['-m', 'scripts.time_parts', '--pack', FULL_PACK, '--variant', 'fp32', '--threads', '2']
  const { stdout, stderr, status } = spawnSync(ensurePython(), args, {
    cwd: resolve(import.meta.dirname, '../training'),
    encoding: 'utf8',
  })
  if (status !== 0) throw new Error(`scripts.time_parts failed: ${stderr}`)
  return JSON.parse(stdout)
}

async function bringPack(page: Page): Promise<void> {
  const { id } = JSON.parse(readFileSync(resolve(FULL_PACK, 'manifest.json'), 'utf8'))
  await idle(page)
  await page.getByTestId('pack-folder-input').setInputFiles(FULL_PACK)
  await expect(page.getByTestId('model-chip')).toHaveAttribute('data-pack', id, { timeout: LONG })
  await idle(page, LONG)
}

/** Reads the demo case again; milliseconds of the encoding. */
async function encodeAgain(page: Page): Promise<number> {
  await page.getByTestId('demo-button').first().click()
  await expect(page.getByTestId('app-shell')).toHaveAttribute('data-idle', 'false', { timeout: 30_000 })
  await idle(page, LONG)
  return (await exportReading(page)).encodeMs
}

/** None, with the reason printed, where `npm run test:full` has not made the pack. */
export async function measureFullSize(url: string): Promise<Row[]> {
  if (!existsSync(resolve(FULL_PACK, 'manifest.json'))) {
    process.stdout.write(`skipped: ${WHAT} (no pack; npm run test:full makes it)\n`)
    return []
  }
  const native = [measureNative()]
  const { page, folder, close } = await openKeepingPage(`${url}/?provider=wasm`)
  await bringPack(page)
  const encodeMs: number[] = []
  for (let run = 0; run < REPEATS; run++) encodeMs.push(await encodeAgain(page))
  const memory = peakMiB(folder)
  native.push(measureNative())
  const wav = speak('bench', 'There is a small left pleural effusion with adjacent atelectasis.', { padSeconds: 0.5 })
  const during = await measureDuringEncoding(page, { wav, repeats: REPEATS, timeoutMs: LONG })
  await close()
  const peer = median(native.map(({ trunkMs, headMs }) => trunkMs + headMs))
  const [idleMs, duringMs] = [median(during.idleMs), median(during.duringMs)]
  return [
    {
      what: `${WHAT}: encode`,
      value: formatMs(median(encodeMs)),
      peer: against(median(encodeMs), peer, 'native onnxruntime fp32'),
    },
    { what: `${WHAT}: peak memory of the tab`, value: `${memory.toFixed(0)} MiB`, peer: '' },
    { what: 'End of utterance → panel, Whisper-base, idle', value: formatMs(idleMs), peer: '' },
    {
      what: 'End of utterance → panel, Whisper-base, while that encodes',
      value: formatMs(duringMs),
      peer: against(duringMs, idleMs, 'idle'),
    },
    {
      what: 'Frames of the page while that encodes: 95th percentile, longest',
      value: `${formatMs(during.frameGapP95Ms)}, ${formatMs(during.longestFrameGapMs)}`,
      peer: '',
    },
  ]
}
