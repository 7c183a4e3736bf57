import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { toPatientPoint, toVolumeGrid } from '../geometry/grid.ts'
import { VIEW_PLANES } from '../geometry/viewPlane.ts'
import type { KeyImage } from '../keyImage/keyImage.ts'
import { sourcesOf } from '../volume/sourceSlices.ts'
import { openVolumeForTest, scanForTest } from '../volume/testing/openForTest.ts'
import { toFile } from '../volume/testing/syntheticDicom.ts'
import { createUid, encodeReport } from './encodeReport.ts'
import { toKeyObject } from './keyObject.ts'
import { placeReport } from './placeReport.ts'
import { NAME, writeSeries } from './seriesSample.fixture.ts'

const { volume } = await openVolumeForTest(writeSeries())
const at = (k: number) => toPatientPoint(toVolumeGrid(volume), [31, 30, k])
const seen = {
  planes: VIEW_PLANES,
  window: { widthHu: 1500, centerHu: -600 },
  slab: null,
  note: '',
} as const
const images: Pick<KeyImage, 'plane' | 'planes' | 'pointLpsMm' | 'slab' | 'window' | 'note'>[] = [
  { ...seen, plane: 'axial', pointLpsMm: at(7), note: 'Größerer Rundherd' },
  { ...seen, plane: 'axial', pointLpsMm: at(3), slab: { mode: 'mip', thicknessMm: 5 } },
  { ...seen, plane: 'coronal', pointLpsMm: at(9), note: 'atelectasis' },
]
const bytes = await encodeReport(toKeyObject({ volume, images, version: '1', now: new Date(), newUid: createUid }))
const folder = mkdtempSync(join(tmpdir(), 'voxct-key-'))
const path = join(folder, 'key.dcm')
writeFileSync(path, bytes)
afterAll(() => rmSync(folder, { recursive: true }))

const sources = sourcesOf(volume)
const uidOf = (k: number) => (sources.kind === 'dicom' ? sources.slices[k].sopInstanceUid : '')

test('refers to the slice that was seen, of a slab to all in it, and across the slices to the one at the crosshair; read again they are placed there', async () => {
  const { reports, problems } = await scanForTest([toFile('key.dcm', bytes)])
  expect(problems).toEqual([])
  const [report] = reports
  expect(report.images.map(({ sopInstanceUid }) => sopInstanceUid)).toEqual([7, 2, 3, 4, 9].map(uidOf))
  expect(report.title).toBe('Of Interest')
  expect(report.description.split('\r\n')).toEqual([
    expect.stringMatching(/^1\. Key image, axial 5 \/ 12 \(instance 8\): Größerer Rundherd \[W 1500 C -600\]$/),
    expect.stringMatching(/^2\. Key image, axial 9 \/ 12, MIP 5 mm \(instance 4\) \[W 1500 C -600\]$/),
    expect.stringMatching(/^3\. Key image, coronal .*: atelectasis .*the image at its crosshair is referred to\]$/),
  ])
  const placed = placeReport(report, volume)
  expect(placed?.images.map(({ plane, pointLpsMm }) => [plane, pointLpsMm[2]])).toEqual(
    [7, 2, 3, 4, 9].map((k) => ['axial', expect.closeTo(at(k)[2], 9)]),
  )
  expect(placed?.left).toEqual([])
  const other = await openVolumeForTest(writeSeries('1.2.826.0.1.3680043.10.9', '1.2.826.0.1.3680043.11'))
  expect(placeReport(report, other.volume)).toBeNull()
})

const has = (program: string): boolean => !spawnSync(program, ['--version']).error
const run = (program: string, args: readonly string[]): string => {
  const { stdout, stderr } = spawnSync(program, args, { encoding: 'utf8' })
  return `${stdout}${stderr}`
}

test.skipIf(!has('dciodvfy'))('dciodvfy finds no error in it (skipped where dicom3tools is not installed)', () => {
  const said = run('dciodvfy', [path])
  expect(said).toContain('KeyObjectSelectionDocument')
  expect(said.split('\n').filter((line) => line.startsWith('Error'))).toEqual([])
})

test.skipIf(!has('dsrdump'))('dsrdump reads the whole tree (skipped where dcmtk is not installed)', () => {
  const said = run('dsrdump', ['+Pn', '+U8', path])
  expect(said.split('\n').filter((line) => /^[EF]:/.test(line))).toEqual([])
  expect(said.match(/contains IMAGE/g)).toHaveLength(5)
  expect(said).toContain(NAME)
})

test('what highdicom writes is placed on its images, under its own title', async () => {
  const written = new Uint8Array(readFileSync(new URL('../../../fixtures/reports/keyObject.dcm', import.meta.url)))
  const { reports, problems } = await scanForTest([toFile('keyObject.dcm', written)])
  expect(problems).toEqual([])
  const placed = placeReport(reports[0], volume)
  expect(placed).toMatchObject({
    author: 'Reader Rita',
    title: 'For Referring Provider',
    description: 'Nodule and node',
    left: [],
  })
  expect(placed?.images.map(({ instanceNumber }) => instanceNumber)).toEqual([3, 9])
})
