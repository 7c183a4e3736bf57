import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { writeDictatedSample } from './dictatedSample.fixture.ts'
import { writeSample } from './reportSample.fixture.ts'
import { NAME } from './seriesSample.fixture.ts'

/*
 * What programs that know the standard say of our reports. They are Debian's (`apt-get install dicom3tools dcmtk`) and Python's
 * (`pip install highdicom`); where one is not installed its test is skipped by name, so that the tests ask nothing of a fresh machine.
 */

const has = (program: string): boolean => !spawnSync(program, ['--version']).error
const hasHighdicom = spawnSync('python3', ['-c', 'import highdicom']).status === 0
const folder = mkdtempSync(join(tmpdir(), 'voxct-report-'))
const path = join(folder, 'report.dcm')
afterAll(() => rmSync(folder, { recursive: true }))

const { bytes, measures } = await writeSample()
writeFileSync(path, bytes)
const dictated = await writeDictatedSample()
const dictatedPath = join(folder, 'dictated.dcm')
writeFileSync(dictatedPath, dictated.bytes)

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

test.skipIf(!has('dciodvfy'))(
  'dciodvfy finds no error in a dictated report (skipped where dicom3tools is not installed)',
  () => {
    const said = run('dciodvfy', [dictatedPath])
    expect(said).toContain('ComprehensiveSR')
    expect(said.split('\n').filter((line) => line.startsWith('Error'))).toEqual([])
  },
)

test.skipIf(!has('dsrdump'))(
  'dsrdump reads every sentence of a dictated report (skipped where dcmtk is not installed)',
  () => {
    const said = run('dsrdump', ['+Pl', '+U8', dictatedPath])
    expect(said.split('\n').filter((line) => /^[EF]:/.test(line))).toEqual([])
    for (const { text } of dictated.sentences) expect(said).toContain(text)
  },
)

const READ_BY_HIGHDICOM = `
import sys
from highdicom.sr import srread, ComprehensiveSR
report = srread(sys.argv[1])
assert isinstance(report, ComprehensiveSR)
def walk(item):
    for child in item.ContentSequence if hasattr(item, "ContentSequence") else []:
        yield child
        yield from walk(child)
for item in walk(report):
    if item.ValueType == "TEXT": print(item.TextValue)
`

test.skipIf(!hasHighdicom)(
  'highdicom reads every sentence of a dictated report (skipped where it is not installed)',
  () => {
    const said = run('python3', ['-c', READ_BY_HIGHDICOM, dictatedPath])
    for (const { text } of dictated.sentences) expect(said).toContain(text)
  },
)
