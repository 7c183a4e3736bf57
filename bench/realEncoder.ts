import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { bringPack, encodeAgain, measureNative } from './broughtPack.ts'
import { openKeepingPage } from './browser.ts'
import { peakMiB } from './memory.ts'
import { against, type Row } from './rows.ts'
import { formatMs, median } from './statistics.ts'

const REPEATS = 3
const WHAT = 'Real encoder (160×224×224), wasm fp32'

/** Folder of the pack: it holds weights that are not the project's, so it lies wherever a person made it. */
const namedPack = (): string | null => process.argv[3] ?? process.env.VOXCT_ASTRA_PACK ?? null

/** None, with the reason printed, where no pack is named. */
export async function measureRealEncoder(url: string): Promise<Row[]> {
  const pack = namedPack()
  if (pack === null || !existsSync(resolve(pack, 'manifest.json'))) {
    const reason = pack === null ? 'no pack named' : `no manifest.json in ${pack}`
    process.stdout.write(`skipped: ${WHAT} (${reason}; npm run bench -- astra FOLDER, or VOXCT_ASTRA_PACK=FOLDER)\n`)
    return []
  }
  const folder = resolve(pack)
  const native = [measureNative(folder, 1)]
  const { page, folder: profile, close } = await openKeepingPage(`${url}/?provider=wasm`)
  await bringPack(page, folder)
  const runs: Awaited<ReturnType<typeof encodeAgain>>[] = []
  for (let run = 0; run < REPEATS; run++) runs.push(await encodeAgain(page))
  const memory = peakMiB(profile)
  await close()
  native.push(measureNative(folder, 1))
  const encodeMs = median(runs.map((run) => run.encodeMs))
  const peer = median(native.map(({ trunkMs, headMs }) => trunkMs + headMs))
  return [
    {
      what: `${WHAT}: preprocess the demo case`,
      value: formatMs(median(runs.map((run) => run.preprocessMs))),
      peer: '',
    },
    { what: `${WHAT}: encode`, value: formatMs(encodeMs), peer: against(encodeMs, peer, 'native onnxruntime fp32') },
    { what: `${WHAT}: peak memory of the tab`, value: `${memory.toFixed(0)} MiB`, peer: '' },
  ]
}
