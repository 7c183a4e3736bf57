import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { speak } from '../e2e/support/speak.ts'
import { FULL_PACK } from '../scripts/fullPack.ts'
import { bringPack, encodeAgain, measureNative } from './broughtPack.ts'
import { openKeepingPage } from './browser.ts'
import { measureDuringEncoding } from './duringEncoding.ts'
import { peakMiB } from './memory.ts'
import { against, type Row } from './rows.ts'
import { formatMs, median } from './statistics.ts'

const REPEATS = 5
const LONG = 900_000
const WHAT = 'CT-CLIP at full size (480×480×240), wasm int8'

/** None, with the reason printed, where `npm run test:full` has not made the pack. */
export async function measureFullSize(url: string): Promise<Row[]> {
  if (!existsSync(resolve(FULL_PACK, 'manifest.json'))) {
    process.stdout.write(`skipped: ${WHAT} (no pack; npm run test:full makes it)\n`)
    return []
  }
  const native = [measureNative(FULL_PACK, REPEATS)]
  const { page, folder, close } = await openKeepingPage(`${url}/?provider=wasm`)
  await bringPack(page, FULL_PACK)
  const encodeMs: number[] = []
  for (let run = 0; run < REPEATS; run++) encodeMs.push((await encodeAgain(page)).encodeMs)
  const memory = peakMiB(folder)
  native.push(measureNative(FULL_PACK, REPEATS))
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
