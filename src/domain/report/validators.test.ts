import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { writeSample } from './reportSample.fixture.ts'
import { NAME } from './seriesSample.fixture.ts'

/*
 * What programs that know the standard say of our reports. They are Debian's (`apt-get install dicom3tools dcmtk`); where one is not
 * installed its test is skipped by name, so that the tests ask nothing of a fresh machine.
 */

const has = (program: string): boolean => !spawnSync(program, ['--version']).error
const folder = mkdtempSync(join(tmpdir(), 'voxct-report-'))
const path = join(folder, 'report.dcm')
afterAll(() => rmSync(folder, { recursive: true }))

const { bytes, measures } = await writeSample()
writeFileSync(path, bytes)

function run(program: string, args: readonly string[]): string {
  const { stdout, stderr } = spawnSync(program, args, { encoding: 'utf8' })
  return `${stdout}${stderr}`
}

test.skipIf(!has('dciodvfy'))(
  'dciodvfy finds no error in a report (skipped where dicom3tools is not installed)',
  () => {
    const said = run('dciodvfy', [path])
    expect(said).toContain('Comprehensive3DSR')
    expect(said.split('\n').filter((line) => line.startsWith('Error'))).toEqual([])
  },
)

test.skipIf(!has('dsrdump'))('dsrdump reads the whole tree (skipped where dcmtk is not installed)', () => {
  const said = run('dsrdump', ['+Pn', '+U8', path])
  expect(said.split('\n').filter((line) => /^[EF]:/.test(line))).toEqual([])
  expect(said.match(/Measurement Group/g)).toHaveLength(measures.length)
  expect(said).toContain(NAME)
})
