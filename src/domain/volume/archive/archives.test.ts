import { deflateRawSync, gzipSync as nodeGzip } from 'node:zlib'
import { gzipSync, zipSync } from 'fflate'
import { expect, test } from 'vitest'
import type { Problem } from '../../../base/result.ts'
import { openForTest, openVolumeForTest, scanForTest } from '../testing/openForTest.ts'
import { toFile, writeSyntheticSeries, writeSyntheticSlice } from '../testing/syntheticDicom.ts'
import { writeSyntheticNifti } from '../testing/syntheticNifti.ts'

type Bytes = Uint8Array<ArrayBuffer>

const MEMBER_BYTES = 600
const toBytes = (bytes: Uint8Array): Bytes => new Uint8Array(bytes)
const text = (words: string) => new TextEncoder().encode(words)

function join(...parts: readonly Uint8Array[]): Bytes {
  return new Uint8Array(parts.flatMap((part) => [...part]))
}

async function readSeries(count: number): Promise<Record<string, Uint8Array>> {
  const files = writeSyntheticSeries(count)
  return Object.fromEntries(
    await Promise.all(files.map(async (file) => [file.name, new Uint8Array(await file.arrayBuffer())] as const)),
  )
}

/** Sets a field of every local (`PK\3\4`) and central (`PK\1\2`) header of a zip. */
function patchZip(bytes: Uint8Array, set: (view: DataView, at: number, isCentral: boolean) => void): Bytes {
  const patched = toBytes(bytes)
  const view = new DataView(patched.buffer)
  for (let at = 0; at + 4 <= patched.length; at++) {
    const signature = view.getUint32(at, true)
    if (signature === 0x04034b50 || signature === 0x02014b50) set(view, at, signature === 0x02014b50)
  }
  return patched
}

const encrypt = (bytes: Uint8Array) =>
  patchZip(bytes, (view, at, isCentral) => view.setUint16(at + (isCentral ? 8 : 6), 1, true))
const packBy = (method: number) => (bytes: Uint8Array) =>
  patchZip(bytes, (view, at, isCentral) => view.setUint16(at + (isCentral ? 10 : 8), method, true))
const declare = (size: number) => (bytes: Uint8Array) =>
  patchZip(bytes, (view, at, isCentral) => view.setUint32(at + (isCentral ? 24 : 22), size, true))

test('a zip in a zip opens; one zip further down is named', async () => {
  const inner = zipSync({ ...(await readSeries(3)), 'deeper.zip': zipSync({ 'a.dcm': writeSyntheticSlice() }) })
  const files = [toFile('outer.zip', toBytes(zipSync({ 'inner.zip': inner })))]
  const { series, problems } = await scanForTest(files)
  expect(series.map((entry) => entry.summary.sliceCount)).toEqual([3])
  expect(problems.map(({ code, message }) => [code, message.split(':')[0]])).toEqual([
    ['zip-too-deep', 'outer.zip/inner.zip/deeper.zip'],
  ])
})

test.each<[string, string, string, (zip: Uint8Array) => Bytes]>([
  ['encrypted, deflated', 'zip-encrypted', 'encrypted with a password', encrypt],
  ['AES', 'zip-encrypted', 'encrypted with a password', packBy(99)],
  ['LZMA', 'zip-method', 'compressed by LZMA', packBy(14)],
  ['XZ', 'zip-method', 'compressed by XZ', packBy(95)],
  ['a method of no name', 'zip-method', 'compressed by method 77', packBy(77)],
  ['a size that is too small', 'zip-damaged', 'damaged', declare(20)],
  ['a size that is too large', 'zip-damaged', 'damaged', declare(20_000)],
])('an entry that is not read (%s) is named, and the rest opens', async (_, code, words, change) => {
  const zip = change(zipSync({ 'a.dcm': writeSyntheticSlice() }))
  const { series, problems } = await scanForTest([toFile('disc.zip', zip), ...writeSyntheticSeries(3)])
  expect(problems.map((problem) => problem.code)).toEqual([code])
  expect(problems[0].message).toContain('disc.zip/a.dcm')
  expect(problems[0].message).toContain(words)
  expect(series).toHaveLength(1)
})

test('stored entries of an encrypted zip are said to be encrypted, too', async () => {
  const zip = encrypt(zipSync({ 'a.dcm': [writeSyntheticSlice(), { level: 0 }] }))
  expect((await scanForTest([toFile('disc.zip', zip)])).problems.map(({ code }) => code)).toEqual(['zip-encrypted'])
})

test('a flipped byte of a stored slice is found by its checksum', async () => {
  const slice = writeSyntheticSlice()
  const zip = toBytes(zipSync({ 'a.dcm': [slice, { level: 0 }] }))
  // Its last pixel, behind a local header of 30 bytes and a name of 5.
  zip[30 + 5 + slice.length - 1] ^= 1
  expect((await scanForTest([toFile('disc.zip', zip)])).problems.map(({ code }) => code)).toEqual(['zip-damaged'])
})

test('a zip with a comment, and one behind other bytes of its file, opens', async () => {
  const zip = toBytes(zipSync(await readSeries(3)))
  const commented = join(zip, text('a comment that ends the file'))
  new DataView(commented.buffer).setUint16(zip.length - 2, commented.length - zip.length, true)
  expect((await scanForTest([toFile('disc.zip', commented)])).series).toHaveLength(1)
})

test('zip bombs are stopped: by what they declare, and by what they are', { timeout: 60_000 }, async () => {
  const packed = deflateRawSync(new Uint8Array(300 * 1024 ** 2), { level: 1 })
  const files = [
    toFile('declared.zip', writeZip('zeros.dcm', packed, 300 * 1024 ** 2)),
    toFile('lying.zip', writeZip('zeros.dcm', packed, 1000)),
    toFile('huge.zip', writeZip('zeros.dcm', packed, 0xfffffff0)),
    ...writeSyntheticSeries(3),
  ]
  const { series, problems } = await scanForTest(files)
  expect(problems.map(({ code, message }) => [code, message.split(':')[0]]).sort()).toEqual([
    ['archive-bomb', 'declared.zip'],
    ['archive-too-large', 'huge.zip'],
    ['zip-damaged', 'lying.zip/zeros.dcm'],
  ])
  expect(series.map((entry) => entry.summary.sliceCount)).toEqual([3])
})

test('gzip that unpacks without end is stopped: by the size it declares, else as it grows', {
  timeout: 90_000,
}, async () => {
  const bomb = nodeGzip(Buffer.concat([writeSyntheticSlice(), Buffer.alloc(300 * 1024 ** 2)]), { level: 1 })
  const lying = toBytes(bomb)
  lying.fill(0, -4)
  const { problems } = await scanForTest([toFile('bomb.dcm.gz', toBytes(bomb)), toFile('lying.dcm.gz', lying)])
  expect(problems.map(({ code, message }) => [code, message.split(':')[0]])).toEqual([
    ['archive-bomb', 'bomb.dcm.gz'],
    ['archive-bomb', 'lying.dcm.gz'],
  ])
})

test('zeros without end behind a NIfTI, and in a deflated DICOM, are stopped as they grow', {
  timeout: 90_000,
}, async () => {
  const zeros = new Uint8Array(300 * 1024 ** 2)
  const behind = join(gzipSync(nifti()), nodeGzip(zeros, { level: 9 }))
  expect((await findRefusal(toFile('scan.nii.gz', behind)))?.code).toBe('archive-bomb')
  const deflated = writeSyntheticSlice({ encoding: 'deflated', elements: { '7fe00010': ['OW', zeros] } })
  const { problems } = await scanForTest([toFile('slice.dcm', deflated)])
  expect(problems.map(({ code, message }) => [code, message.split(':')[0]])).toEqual([['archive-bomb', 'slice.dcm']])
})

test('small entries of a zip that lie scattered, and large ones between them, are each their own', async () => {
  const entries = Object.entries(await readSeries(3))
  const noise = (length: number) => Uint8Array.from({ length }, (_, n) => (n * n * 31) >> 3)
  const [first, second, third] = entries.map(([name, bytes]) => ({ [name]: [bytes, { level: 0 }] as const }))
  const zip = zipSync({
    ...(third as object),
    'a.txt': [noise(65_500), { level: 0 }],
    ...(first as object),
    'b.txt': [noise(200_000), { level: 0 }],
    ...(second as object),
  })
  const { volume } = await openVolumeForTest([toFile('disc.zip', toBytes(zip))])
  const { volume: plain } = await openVolumeForTest(writeSyntheticSeries(3))
  expect(volume.hu).toEqual(plain.hu)
})

test('a series of .dcm.gz opens', async () => {
  const entries = Object.entries(await readSeries(3))
  const files = entries.map(([name, bytes]) => toFile(`${name}.gz`, toBytes(gzipSync(bytes))))
  expect((await openVolumeForTest(files)).volume.size).toEqual([4, 3, 3])
})

const packMembers = (bytes: Uint8Array): Bytes => {
  const members: Uint8Array[] = []
  for (let at = 0; at < bytes.length; at += MEMBER_BYTES) members.push(gzipSync(bytes.subarray(at, at + MEMBER_BYTES)))
  return join(...members)
}

/** A zip of one deflated entry that declares what it likes. */
function writeZip(name: string, packed: Uint8Array, declaredBytes: number): Bytes {
  const whole = toBytes(zipSync({ [name]: new Uint8Array(packed.length) }, { level: 0 }))
  whole.set(packed, 30 + name.length)
  return packBy(8)(declare(declaredBytes)(whole))
}

const nifti = () => writeSyntheticNifti({ size: [7, 8, 9] })

test.each<[string, () => Bytes]>([
  ['of several members', () => packMembers(nifti())],
  ['of several members, an empty one last', () => join(packMembers(nifti()), gzipSync(new Uint8Array(0)))],
  ['with zeros behind it', () => join(gzipSync(nifti()), new Uint8Array(20_000))],
  ['of several members with zeros behind them', () => join(packMembers(nifti()), new Uint8Array(512))],
  ['with something else behind it', () => join(gzipSync(nifti()), text('a signature that no one asked for'))],
])('a .nii.gz %s opens whole', async (_, pack) => {
  const { volume } = await openVolumeForTest([toFile('scan.nii.gz', pack())])
  expect([...volume.hu]).toEqual(Array.from({ length: 7 * 8 * 9 }, (_, n) => n - 1000))
})

test.each<[string, string, (bytes: Bytes) => Bytes]>([
  ['whose last checksum is wrong', 'gzip-damaged', (bytes) => flip(bytes, bytes.length - 6)],
  [
    'whose first checksum is wrong',
    'gzip-damaged',
    (bytes) => flip(bytes, gzipSync(nifti().subarray(0, MEMBER_BYTES)).length - 6),
  ],
  ['that is cut off inside a member', 'gzip-damaged', (bytes) => bytes.slice(0, -30)],
  [
    'of which a member is missing',
    'nifti-truncated',
    (bytes) =>
      bytes.slice(0, -gzipSync(nifti().subarray(MEMBER_BYTES * Math.floor(nifti().length / MEMBER_BYTES))).length),
  ],
])('a .nii.gz of several members %s is refused', async (_, code, change) => {
  const problem = await findRefusal(toFile('scan.nii.gz', change(packMembers(nifti()))))
  expect([problem?.code, problem?.message.split(':')[0]]).toEqual([code, 'scan.nii.gz'])
})

/** Why a file is left out of the list, or does not open. */
async function findRefusal(file: File): Promise<Problem | null> {
  const { series, problems } = await scanForTest([file])
  if (series.length === 0) return problems[0]
  const opened = await openForTest([file])
  return opened.ok ? null : opened.problem
}

function flip(bytes: Bytes, at: number): Bytes {
  bytes[at] ^= 0x40
  return bytes
}

test.each([
  ['scan.nii.xz', 'XZ (LZMA)', [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00]],
  ['scan.7z', '7-Zip (LZMA)', [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c]],
  ['scan.nii.lzma', 'LZMA', [0x5d, 0, 0, 0x80, 0]],
  ['scan.rar', 'RAR', [0x52, 0x61, 0x72, 0x21, 0x1a, 0x07, 0]],
  ['scan.nii.bz2', 'bzip2', [0x42, 0x5a, 0x68, 0x39]],
  ['scan.nii.zst', 'Zstandard', [0x28, 0xb5, 0x2f, 0xfd]],
  ['scan.tar', 'tar', [...new Array<number>(257).fill(65), 0x75, 0x73, 0x74, 0x61, 0x72, 0]],
])('%s is refused by the name of its packing', async (name, packing, bytes) => {
  const { problems } = await scanForTest([toFile(name, new Uint8Array(bytes))])
  expect(problems.map(({ code, message }) => [code, message])).toEqual([
    ['archive-not-read', `${name}: packed as ${packing}, which is not read.`],
  ])
})
