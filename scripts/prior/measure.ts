import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createPhantomCase } from '../../phantom/phantomCase.ts'
import { type Displacement, measureErrors, toLandmarks } from '../../phantom/priors.fixture.ts'
import { renderScan } from '../../phantom/renderScan.ts'
import { toPhantomSeed } from '../../phantom/splits.ts'
import { isWithinCells, toGridPoint, toVolumeGrid } from '../../src/domain/geometry/grid.ts'
import { registerLungs } from '../../src/domain/registration/registerLungs.ts'
import { openVolumeForTest } from '../../src/domain/volume/testing/openForTest.ts'
import type { Vec3, Volume } from '../../src/domain/volume/volume.ts'
import { type MadePrior, toLungPoints, toPhantomPriors, toScanPriors } from './madePriors.ts'

/*
 * `npm run measure:prior -- [N]`: N phantoms (8), half of the internal, half of the external test, and each chest scan of ../shared/data,
 * registered with priors made of them whose every point is known. Prints the errors of landmarks, mm: forks of vessels in phantoms, places
 * spread over the lungs in scans, each where both scans show it. Before: as the headers place the prior.
 * Seconds are those of one core.
 */

const DATA = '../shared/data'
const CHESTS = ['ct-lidc-idri-0314', 'ct-lung-pet-ct-dx-a0001', 'nifti/example_ct.nii.gz']
const HERE = [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1]
const [wanted = '8'] = process.argv.slice(2)
const print = (line: string) => process.stdout.write(`${line}\n`)

const isIn = (volume: Volume, point: Vec3) => {
  const [x, y, z] = toGridPoint(toVolumeGrid(volume), point)
  return isWithinCells(volume.size, x, y, z)
}

function measure(name: string, current: Volume, { kind, prior, toPrior }: MadePrior, all: readonly Vec3[]): void {
  const landmarks = all.filter((point) => isIn(current, point) && isIn(prior, toPrior.there(point)))
  const tell = (map: Parameters<typeof measureErrors>[2], by: Displacement) => {
    const { medianMm, p95Mm } = measureErrors(landmarks, by, map)
    return `${medianMm.toFixed(2)} | ${p95Mm.toFixed(2)}`
  }
  const start = process.cpuUsage()
  const registered = registerLungs(current, prior)
  const seconds = (process.cpuUsage(start).user / 1e6).toFixed(1)
  const before = tell(HERE, toPrior)
  const after = registered.ok
    ? `${tell(registered.value.priorToCurrent, toPrior)} | ${registered.value.overlap.toFixed(3)}`
    : `${registered.problem.message} | | `
  print(`| ${name} | ${kind} | ${landmarks.length} | ${before} | ${after} | ${seconds} |`)
}

print(
  '| scan | prior | landmarks | before: median | 95 % | after: median | 95 % | overlap | s |\n|---|---|---|---|---|---|---|---|---|',
)
for (let n = 0; n < Number(wanted); n++) {
  const phantom = createPhantomCase(toPhantomSeed(n % 2 === 0 ? 'internal' : 'external', n >> 1))
  const { volume } = renderScan(phantom)
  for (const made of toPhantomPriors(phantom, volume))
    measure(`phantom ${phantom.seed}`, volume, made, toLandmarks(phantom))
}
for (const name of CHESTS.filter((chest) => existsSync(join(DATA, chest)))) {
  const path = join(DATA, name)
  const paths = /\.nii/.test(name) ? [path] : readdirSync(path).map((file) => join(path, file))
  const files = paths.map((file) => new File([readFileSync(file)], file))
  const { volume } = await openVolumeForTest(files)
  for (const made of toScanPriors(volume)) measure(name, volume, made, toLungPoints(volume))
}
