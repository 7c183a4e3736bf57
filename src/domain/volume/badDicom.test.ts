import { expect, test } from 'vitest'
import type { Problem } from '../../base/result.ts'
import { decodeRle } from './dicom/codestream/rle.ts'
import { SYNTAX, toEncapsulated } from './testing/encapsulate.ts'
import { encodeRle } from './testing/encodeRle.ts'
import { openForTest, openVolumeForTest, scanForTest } from './testing/openForTest.ts'
import { type SyntheticSlice, toFile, writeSyntheticSeries, writeSyntheticSlice } from './testing/syntheticDicom.ts'

const good = () => writeSyntheticSeries(4, { seriesUid: '1.9' })
const text = (path: string, content: string) => toFile(path, new TextEncoder().encode(content))

const expectNaming = (problem: Problem | null | undefined, code: string, name: string) => {
  expect(problem?.code).toBe(code)
  expect(problem?.message).toContain(name)
  expect(problem?.nextStep.length).toBeGreaterThan(10)
}

/** The bad files are named, and the good series beside them opens. */
async function expectRestOpens(bad: readonly File[], code: string, name: string) {
  const { series, problems } = await scanForTest([...bad, ...good()])
  expect(problems).toHaveLength(1)
  expectNaming(problems[0], code, name)
  expect(series[0].refusal).toBeNull()
  const { volume } = await openVolumeForTest([...bad, ...good()])
  expect(volume.size).toEqual([4, 3, 4])
}

test('a text file is named and the rest opens', () =>
  expectRestOpens([text('folder/notes.txt', 'Dear colleague')], 'file-not-recognised', 'notes.txt'))

test('an empty file is named and the rest opens', () =>
  expectRestOpens([toFile('zero.dcm', new Uint8Array(0))], 'empty-file', 'zero.dcm'))

test('many odd files make one notice', async () => {
  const odd = ['a.txt', 'b.txt', 'c.txt', 'd.txt'].map((name) => text(`folder/${name}`, 'hello'))
  const { problems } = await scanForTest([...odd, ...good()])
  expect(problems.map((problem) => problem.code)).toEqual(['file-not-recognised'])
  expect(problems[0].message).toContain('3 more files')
})

test('a slice cut off inside its pixels is named and the rest opens', () =>
  expectRestOpens([toFile('cut.dcm', writeSyntheticSlice().slice(0, -5))], 'dicom-truncated', 'cut.dcm'))

test('a slice cut off inside its header is named and the rest opens', () =>
  expectRestOpens([toFile('cut.dcm', writeSyntheticSlice().slice(0, 307))], 'dicom-damaged', 'cut.dcm'))

test('a CT header without pixels is named and the rest opens', () =>
  expectRestOpens(
    [toFile('header.dcm', writeSyntheticSlice({ elements: { '7fe00010': null } }))],
    'dicom-without-pixels',
    'header.dcm',
  ))

test('a report is not mentioned beside a CT, and is named when it is all there is', async () => {
  const report = toFile(
    'report.dcm',
    writeSyntheticSlice({ modality: 'SR', elements: { '7fe00010': null, '00280010': null } }),
  )
  expect((await scanForTest([report, ...good()])).problems).toEqual([])
  expectNaming((await scanForTest([report])).problems[0], 'dicom-not-an-image', 'report.dcm: a structured report')
})

test('DICOMDIR and what operating systems leave behind are ignored without a word', async () => {
  const directory = writeSyntheticSlice({ elements: { '7fe00010': null } })
  const files = ['cd/DICOMDIR', 'cd/.DS_Store', 'cd/Thumbs.db', 'cd/__MACOSX/x.dcm'].map((path) =>
    toFile(path, directory),
  )
  expect((await scanForTest([...files, ...good()])).problems).toEqual([])
})

test('a zip of nothing says that there is nothing to read', async () => {
  const endOfDirectory = new Uint8Array(22)
  endOfDirectory.set([0x50, 0x4b, 5, 6])
  const { series, problems } = await scanForTest([toFile('empty.zip', endOfDirectory)])
  expect(series).toEqual([])
  expect(problems.map((problem) => problem.code)).toEqual(['empty-drop'])
})

test('an empty folder says so', async () => {
  const { series, problems } = await scanForTest([])
  expect(series).toEqual([])
  expect(problems.map((problem) => problem.code)).toEqual(['empty-drop'])
})

const REFUSED: readonly [code: string, count: number, part: SyntheticSlice][] = [
  ['not-ct', 4, { modality: 'MR', description: 'T1 ax' }],
  ['missing-pixel-spacing', 4, { elements: { '00280030': null } }],
  ['missing-position', 4, { elements: { '00200032': null } }],
  ['missing-position', 4, { elements: { '00200037': null } }],
  ['colour-images', 4, { elements: { '00280002': ['US', [3]], '7fe00010': ['OW', new Uint8Array(72)] } }],
]

test.each(REFUSED)('%s (%i slices) is listed last, refused by name, and the rest opens', async (code, count, part) => {
  const bad = writeSyntheticSeries(count, { seriesUid: '1.8', ...part })
  const { series } = await scanForTest([...bad, ...good()])
  expect(series.map((entry) => entry.refusal?.code)).toEqual([undefined, code])
  expect(series[1].summary.chestScore).toBeLessThanOrEqual(0)
  expect(series[1].summary.reason).toBe(series[1].refusal?.message)
  const opened = await openForTest([...bad, ...good()], 1)
  expect(opened.ok ? null : opened.problem.code).toBe(code)
  const alone = await scanForTest(bad)
  expectNaming(
    alone.problems[0],
    code,
    code === 'not-ct' ? 'series/996.dcm and 3 more files: of modality MR (T1 ax); VoxCT reads CT' : 'series/',
  )
})

test.each([1, 2])('a series of %i slices opens as a flat image, behind the volume, and says so', async (count) => {
  const few = writeSyntheticSeries(count, { seriesUid: '1.8', description: 'Lonely' })
  const { series, problems } = await scanForTest([...few, ...good()])
  expect(problems).toEqual([])
  expect(series.map((entry) => [entry.summary.sliceCount, entry.refusal])).toEqual([
    [4, null],
    [count, null],
  ])
  const { volume, notices } = await openVolumeForTest([...few, ...good()], 1)
  expect([volume.size, volume.spacingMm[2]]).toEqual([[4, 3, count], count === 1 ? 1 : 2])
  expect([volume.hu[0], volume.hu.at(-1)]).toEqual([-1000, count === 1 ? -1000 : -900])
  expectNaming(notices[0], 'flat-image', 'series/99')
})

const atOnePlace = (count: number) =>
  Array.from({ length: count }, (_, n) =>
    toFile(
      `perfusion/${n}.dcm`,
      writeSyntheticSlice({ sopInstanceUid: `1.7.${n}`, stored: new Array(12).fill(24 + n) }),
    ),
  )

test('slices that all lie at one place are refused for that', async () => {
  const { series, problems } = await scanForTest(atOnePlace(4))
  expectNaming(problems[0], 'slices-at-one-place', 'perfusion/0.dcm')
  expect(series[0].refusal?.message).toContain('at one place (30.0 mm)')
})

test('a multi-frame file that tells where its first frame lies only is refused for that', async () => {
  const bytes = writeSyntheticSlice({
    elements: { '00280008': ['IS', '5'], '7fe00010': ['OW', new Uint8Array(5 * 24)] },
  })
  const { problems } = await scanForTest([toFile('cine.dcm', bytes)])
  expectNaming(problems[0], 'multi-frame-without-places', 'cine.dcm: 5 frames')
})

test('slices of another size are left out by name', async () => {
  const odd = toFile('odd.dcm', writeSyntheticSlice({ seriesUid: '1.9', columns: 5, positionLpsMm: [-10, -20, 38] }))
  const { volume, notices } = await openVolumeForTest([...good(), odd])
  expect(volume.size).toEqual([4, 3, 4])
  expectNaming(notices[0], 'slices-of-other-size', 'odd.dcm')
})

test('a second slice at one place is left out by name', async () => {
  const twin = toFile(
    'twin.dcm',
    writeSyntheticSlice({ seriesUid: '1.9', positionLpsMm: [-10, -20, 32], elements: { '00200013': ['IS', '7'] } }),
  )
  const { volume, notices } = await openVolumeForTest([twin, ...good()])
  expect(volume.hu[12]).toBe(-900)
  expectNaming(notices[0], 'duplicate-slices', 'twin.dcm')
})

test('a codec that fails on one slice leaves that slice out; on all, the series is refused', async () => {
  const pixels = toEncapsulated([encodeRle(new Uint16Array(12).fill(24))])
  const files = [0, 1, 2, 3].map((n) =>
    toFile(
      `${n}.dcm`,
      writeSyntheticSlice({
        positionLpsMm: [0, 0, n],
        transferSyntaxUid: SYNTAX.rle,
        elements: { '7fe00010': ['OB', pixels] },
      }),
    ),
  )
  const refused = await openForTest(files)
  expectNaming(refused.ok ? null : refused.problem, 'pixels-not-decoded', SYNTAX.rle)
  let calls = 0
  const opened = await openForTest(files, 0, async ({ bytes, format }) => {
    calls++
    if (calls === 2) throw new Error('bad marker')
    return decodeRle(bytes, format)
  })
  expect(opened.ok && opened.value.volume.hu[0]).toBe(-1000)
  expectNaming(opened.ok ? opened.value.notices[0] : null, 'slices-not-decoded', 'bad marker')
  expect(opened.ok && opened.value.volume.missing).toEqual([1])
  expect(opened.ok && new Set(opened.value.volume.hu.subarray(12, 24))).toEqual(new Set([-1024]))
})

test('a header without rescale is said to be taken as HU', async () => {
  const files = writeSyntheticSeries(3, { elements: { '00281052': null, '00281053': null } })
  const { notices } = await openVolumeForTest(files)
  expect(notices.map((notice) => notice.code)).toEqual(['missing-rescale', 'hu-scale-suspect'])
  expect(notices[1].message).toContain('series/999.dcm and 2 more files: no air')
})
