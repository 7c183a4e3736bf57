import { resolve } from 'node:path'
import { installPeers, type Peers } from './installPeers.ts'
import { measureViewer, type ViewerRun } from './measureViewer.ts'
import { serveFolder } from './serveFolder.ts'
import { toTable, type ViewerRuns, writeTable } from './table.ts'
import { listSlices, toViewers, type ViewerUnderTest } from './viewers.ts'

const SCAN = resolve(import.meta.dirname, '../../../shared/data/ct-lidc-idri-0314')
const REPEATS = 5

function findPeers(): { peers: Peers | null; remarks: string[] } {
  try {
    return { peers: installPeers(), remarks: [] }
  } catch (thrown) {
    return { peers: null, remarks: [`OHIF and niivue are left out: ${(thrown as Error).message}.`] }
  }
}

/** The site of a viewer; VoxCT's own is served already. */
async function measureOnce(viewer: ViewerUnderTest, ownUrl: string, files: readonly string[]): Promise<ViewerRun> {
  const site = viewer.folder === null ? null : await serveFolder(viewer.folder)
  try {
    return await measureViewer(viewer, site?.url ?? ownUrl, files)
  } finally {
    site?.stop()
  }
}

/**
 * VoxCT, OHIF and niivue side by side on one scan, in turns. Written into RESULTS.md under its own heading.
 * @param repeats runs a viewer
 */
export async function measureBeside(ownUrl: string, repeats = Number(process.argv[3]) || REPEATS): Promise<void> {
  const files = listSlices(SCAN)
  const { peers, remarks } = findPeers()
  const viewers: (ViewerRuns & { runs: ViewerRun[]; viewer: ViewerUnderTest })[] = toViewers(peers).map((viewer) => ({
    name: viewer.name,
    viewer,
    runs: [],
  }))
  for (let run = 0; run < repeats; run++) {
    for (const one of viewers) {
      one.runs.push(await measureOnce(one.viewer, ownUrl, files))
      process.stdout.write(`${one.name}: ${JSON.stringify(one.runs.at(-1))}\n`)
    }
  }
  const table = toTable(viewers, remarks)
  writeTable(table)
  process.stdout.write(table)
}
