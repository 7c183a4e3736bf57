import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, it } from 'vitest'
import { readToldProblems } from './toldProblems.ts'

const DOCUMENT = readFileSync(resolve(import.meta.dirname, '../../docs/FORMATS.md'), 'utf8')

/** Where everything is that a person is told about a file. */
const PLACES = ['domain/volume', 'domain/ct', 'domain/overlay', 'flows/labelMaps.ts', 'microphone/audioFileProblems.ts']

/** Rows of the document's tables whose first cell is a code. */
const readRows = (): string[] =>
  DOCUMENT.split('\n').flatMap((line) => {
    const [, code, words] = /^\| `([a-z0-9-]+)` \| ([^|]+?) \|/.exec(line) ?? []
    return code ? [toRow(code, words)] : []
  })

const toRow = (code: string, words: string) => `| \`${code}\` | ${words} |`

const sort = (rows: readonly string[]) => [...new Set(rows)].sort()

it('docs/FORMATS.md has every sentence that the app says about a file, and no other', () => {
  const told = readToldProblems(PLACES).map(({ code, words }) => toRow(code, words))
  expect(told.length).toBeGreaterThan(50)
  expect(sort(readRows())).toEqual(sort(told))
})

it('no sentence stands in the document twice', () => {
  expect(readRows()).toHaveLength(new Set(readRows()).size)
})

/** UIDs, names of packings and of objects that the source knows, as far as the document lists them. */
function readStrings(file: string, pattern: RegExp): string[] {
  const text = readFileSync(resolve(import.meta.dirname, '..', file), 'utf8')
  return [...text.matchAll(pattern)].map(([, found]) => found)
}

it.each([
  ['transfer syntaxes without a codec', 'domain/volume/dicom/sliceHeader.ts', /'(1\.2\.840\.[\d.]+)'/g],
  [
    'transfer syntaxes with one',
    'domain/volume/dicom/codestream/inspectFrame.ts',
    /'1\.2\.840\.10008\.1\.2(\.[\d.]+)'/g,
  ],
  ['DICOM objects that hold no image', 'domain/volume/dicom/nonImages.ts', /'((?:an? [a-zA-Z]|raw |spatial )[^']+)'/g],
  ['methods of a zip', 'domain/volume/archive/unpackZip.ts', /^ {2}\d+: '([^']+)',$/gm],
  ['other packings', 'domain/volume/archive/otherArchives.ts', /^ {2}\['([^']+)', \d/gm],
  ['types of NIfTI voxels', 'domain/volume/nifti/niftiHeader.ts', /^ {2}\d+: '([a-z]+\d+)',$/gm],
])('docs/FORMATS.md names all %s', (_, file, pattern) => {
  const names = readStrings(file, pattern).filter((name) => name !== undefined)
  expect(names.length).toBeGreaterThan(4)
  expect(names.filter((name) => !DOCUMENT.replace(/\s+/g, ' ').includes(name))).toEqual([])
})
