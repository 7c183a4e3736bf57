import { expect, test } from 'vitest'
import { openVolumeForTest, scanForTest } from '../testing/openForTest.ts'
import { type SyntheticSlice, toFile, writeSyntheticSeries, writeSyntheticSlice } from '../testing/syntheticDicom.ts'

const IMPLICIT = '1.2.840.10008.1.2'
const EXPLICIT = '1.2.840.10008.1.2.1'
const BIG_ENDIAN = '1.2.840.10008.1.2.2'
const DEFLATED = '1.2.840.10008.1.2.1.99'
const GE = '1.2.840.113619.5.2'

const wide = (count: number) => new Uint8Array(count * 8).fill(1)
const swapped = (count: number) => new Uint8Array(new Uint16Array(count).fill(0x1800).buffer)

/** Items without VR in a data set with them, and the reverse, as copied by programs that do not look into sequences. */
const item = (bytes: readonly number[]) => new Uint8Array([0xfe, 0xff, 0x00, 0xe0, bytes.length, 0, 0, 0, ...bytes])
const IMPLICIT_ELEMENT = [0x08, 0x00, 0x00, 0x01, 4, 0, 0, 0, 0x31, 0x32, 0x33, 0x20]
const EXPLICIT_ELEMENT = [0x08, 0x00, 0x00, 0x01, 0x53, 0x48, 4, 0, 0x31, 0x32, 0x33, 0x20]

const WRITINGS: readonly [name: string, part: SyntheticSlice][] = [
  ['an extended offset table (OV)', { elements: { '7fe00001': ['OV', wide(2)], '7fe00002': ['OV', wide(2)] } }],
  ['UV and SV of many values', { elements: { '00189999': ['UV', wide(9000)], '0018999a': ['SV', wide(3)] } }],
  ['implicit data tagged explicit', { encoding: 'implicit', transferSyntaxUid: EXPLICIT }],
  ['explicit data tagged implicit', { encoding: 'explicit', transferSyntaxUid: IMPLICIT }],
  ['big endian data tagged explicit', { encoding: 'big-endian', transferSyntaxUid: EXPLICIT }],
  ['big endian data tagged implicit', { encoding: 'big-endian', transferSyntaxUid: IMPLICIT }],
  ['little endian data tagged big endian', { encoding: 'explicit', transferSyntaxUid: BIG_ENDIAN }],
  ['plain data tagged deflated', { encoding: 'explicit', transferSyntaxUid: DEFLATED }],
  ['no transfer syntax, explicit', { encoding: 'explicit', transferSyntaxUid: '' }],
  ['no transfer syntax, implicit', { encoding: 'implicit', transferSyntaxUid: '' }],
  ['no transfer syntax, big endian', { encoding: 'big-endian', transferSyntaxUid: '' }],
  ['no group 2, explicit', { encoding: 'explicit', withMeta: 'preamble' }],
  ['no group 2, implicit', { encoding: 'implicit', withMeta: 'preamble' }],
  ['no preamble, explicit', { encoding: 'explicit', withMeta: false }],
  ['no preamble, implicit', { encoding: 'implicit', withMeta: false }],
  [
    "GE's own syntax: implicit little endian with big endian pixels",
    { encoding: 'implicit', transferSyntaxUid: GE, elements: { '7fe00010': ['OW', swapped(12)] } },
  ],
  ['an implicit item in an explicit data set', { elements: { '00081140': ['SQ', item(IMPLICIT_ELEMENT)] } }],
  [
    'an explicit item in an implicit data set',
    { encoding: 'implicit', elements: { '00081140': ['SQ', item(EXPLICIT_ELEMENT)] } },
  ],
  ['a sequence as UN', { elements: { '00091140': ['UN', item(IMPLICIT_ELEMENT)] } }],
  ['a few zeros behind the pixels', { elements: { fffcfffc: ['OB', new Uint8Array(6)] } }],
]

test.each(WRITINGS)('%s opens with the same HU and place', async (_, part) => {
  const files = writeSyntheticSeries(3, { ...part, stored: new Array<number>(12).fill(24) })
  const { volume, notices } = await openVolumeForTest(files)
  expect([...new Set(volume.hu)]).toEqual([-1000])
  expect(volume.originLpsMm).toEqual([-10, -20, 30])
  expect(volume.spacingMm).toEqual([0.7, 0.8, 2])
  expect(notices).toEqual([])
})

test('the code of an item is read whichever way it is written', async () => {
  const files = writeSyntheticSeries(3, { elements: { '00081140': ['SQ', item(IMPLICIT_ELEMENT)] } })
  expect((await scanForTest(files)).series[0].summary.sliceCount).toBe(3)
})

const longer = (bytes: Uint8Array<ArrayBuffer>, tag: readonly number[], length: number) => {
  const at = bytes.findIndex((_, n) => tag.every((byte, i) => bytes[n + i] === byte))
  new DataView(bytes.buffer).setUint32(at + 8, length, true)
  return bytes
}

function nest(depth: number): Uint8Array {
  const bytes: number[] = []
  // Sequence and item, both of undefined length, in one another.
  for (let n = 0; n < depth; n++) {
    bytes.push(0x08, 0, 0x40, 0x11, 0x53, 0x51, 0, 0, 0xff, 0xff, 0xff, 0xff)
    bytes.push(0xfe, 0xff, 0x00, 0xe0, 0xff, 0xff, 0xff, 0xff)
  }
  return new Uint8Array([...bytes.slice(12)])
}

const HOSTILE: readonly [name: string, code: string, bytes: () => Uint8Array<ArrayBuffer>][] = [
  ['50 million frames', 'dicom-frames', () => writeSyntheticSlice({ elements: { '00280008': ['IS', '50000000'] } })],
  ['10¹⁰ frames', 'dicom-frames', () => writeSyntheticSlice({ elements: { '00280008': ['IS', '10000000000'] } })],
  ['two frames, one there', 'dicom-frames', () => writeSyntheticSlice({ elements: { '00280008': ['IS', '2'] } })],
  [
    'compressed frames without end',
    'dicom-frames',
    () =>
      writeSyntheticSlice({
        transferSyntaxUid: '1.2.840.10008.1.2.4.90',
        elements: { '00280008': ['IS', '19999'] },
      }),
  ],
  ['65,535 rows', 'dicom-pixel-format', () => writeSyntheticSlice({ elements: { '00280010': ['US', [65535]] } })],
  ['no bits', 'dicom-pixel-format', () => writeSyntheticSlice({ elements: { '00280100': ['US', [0]] } })],
  ['17 of 16 bits', 'dicom-pixel-format', () => writeSyntheticSlice({ elements: { '00280101': ['US', [17]] } })],
  [
    'a high bit that is none',
    'dicom-pixel-format',
    () => writeSyntheticSlice({ elements: { '00280102': ['US', [99]] } }),
  ],
  ['more rows than bytes', 'dicom-truncated', () => writeSyntheticSlice({ elements: { '00280010': ['US', [9000]] } })],
  [
    'an element of 3 GB',
    'dicom-damaged',
    () => longer(writeSyntheticSlice({ elements: { '00091010': ['OB', wide(1)] } }), [9, 0, 0x10, 0x10], 3e9),
  ],
  [
    'a sequence that is longer than the file',
    'dicom-damaged',
    () => longer(writeSyntheticSlice({ elements: { '00081140': ['SQ', [{}]] } }), [8, 0, 0x40, 0x11], 1e6),
  ],
  [
    '20,000 sequences in one another',
    'dicom-damaged',
    () => writeSyntheticSlice({ elements: { '00081140': ['SQ', nest(20000)] } }),
  ],
]

test.each(HOSTILE)('%s is left out by name, and the series beside it opens', async (_, code, write) => {
  const files = [toFile('wild/bad.dcm', write()), ...writeSyntheticSeries(3, { seriesUid: '1.9' })]
  const { series, problems } = await scanForTest(files)
  expect(problems.map((problem) => [problem.code, problem.message.startsWith('wild/bad.dcm')])).toEqual([[code, true]])
  expect(series.map((entry) => [entry.refusal, entry.summary.sliceCount])).toEqual([[null, 3]])
})

test('what no one foresaw is told with the name of the file', async () => {
  const broken = toFile('odd/broken.dcm', writeSyntheticSlice())
  Object.defineProperty(broken, 'slice', {
    value: () => new Proxy(broken, { get: () => () => Promise.reject(new RangeError('Invalid array length')) }),
  })
  const { series, problems } = await scanForTest([broken, ...writeSyntheticSeries(3)])
  expect(problems[0].message).toContain('odd/broken.dcm')
  expect(problems[0].message).toContain('Invalid array length')
  expect(series).toHaveLength(1)
})
