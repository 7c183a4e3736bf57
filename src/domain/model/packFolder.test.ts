import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { listPackFiles } from './listPackFiles.ts'
import type { Manifest } from './manifest.ts'
import { type PlacedFile, sortPacks, takeFile, takeOnlyPack } from './packFolder.ts'
import { parseManifestText } from './parseManifestText.ts'

const TINY = readFileSync(new URL('../../../fixtures/models/tiny/manifest.json', import.meta.url), 'utf8')
const place = (path: string, text = 'x'): PlacedFile => ({
  path,
  file: new File([text], path.slice(path.lastIndexOf('/') + 1)),
})
const codeOf = (result: { ok: boolean; problem?: { code: string } }) => result.problem?.code

describe('sortPacks', () => {
  it.each([
    ['loose files', '', ['scan/1.dcm']],
    ['a folder', 'tiny/', ['scan/1.dcm', 'loose.txt']],
    ['a folder in a folder', 'export/tiny/', ['scan/1.dcm', 'loose.txt']],
  ])('finds a pack in %s and leaves what came beside it', async (_, folder, rest) => {
    const placed = [
      place(`${folder}manifest.json`, TINY),
      place(`${folder}trunk.onnx`),
      place('scan/1.dcm'),
      place('loose.txt'),
    ]
    const sorted = await sortPacks(placed)
    expect(sorted.packs.map(({ name, files }) => [name, files.has('trunk.onnx')])).toEqual([
      [folder.slice(0, -1), true],
    ])
    expect(sorted.rest.map(({ path }) => path)).toEqual(rest)
  })

  it('takes a manifest.json of another program, or one deep in a study, for nothing of ours', async () => {
    const placed = [
      place('site/manifest.json', '{"name": "app", "icons": []}'),
      place('list/manifest.json', '[1]'),
      place('broken/manifest.json', '{'),
      place('a/b/c/manifest.json', TINY),
    ]
    expect(await sortPacks(placed)).toEqual({ packs: [], rest: placed })
  })

  it('takes a damaged manifest beside a graph for a pack, so that the damage is named', async () => {
    const { packs } = await sortPacks([place('p/manifest.json', TINY.slice(0, 300)), place('p/trunk.onnx')])
    expect(packs).toHaveLength(1)
    expect(codeOf(parseManifestText(packs[0].manifestText, 'p/manifest.json'))).toBe('manifest-invalid')
  })
})

describe('takeOnlyPack', () => {
  it('refuses none and several', async () => {
    expect(codeOf(takeOnlyPack({ packs: [], rest: [] }))).toBe('pack-manifest-missing')
    const two = await sortPacks([place('a/manifest.json', TINY), place('b/manifest.json', TINY)])
    expect(takeOnlyPack(two)).toMatchObject({
      problem: { code: 'pack-ambiguous', message: expect.stringContaining('a, b') },
    })
  })
})

describe('takeFile', () => {
  const folder = { name: 'tiny', manifestText: TINY, files: new Map([['a.onnx', new File(['abc'], 'a.onnx')]]) }
  const wanted = { file: 'a.onnx', bytes: 3, sha256: '0'.repeat(64) }

  it('gives a file of the right length, and names what is wrong with another', () => {
    expect(takeFile(folder, wanted)).toEqual({ ok: true, value: folder.files.get('a.onnx') })
    expect(codeOf(takeFile(folder, { ...wanted, file: 'b.onnx' }))).toBe('pack-file-missing')
    expect(codeOf(takeFile(folder, { ...wanted, bytes: 4 }))).toBe('pack-file-length')
    expect(codeOf(takeFile(folder, { ...wanted, pack: 'other' }))).toBe('pack-shared-file')
  })
})

describe('listPackFiles', () => {
  const manifest = (): Manifest => JSON.parse(TINY)

  it('lists every file once, parts and external data too', () => {
    const twice = manifest()
    const data = { file: 'ct.data', bytes: 9, sha256: 'a'.repeat(64) }
    Object.assign(twice.ct.trunk[0], {
      external: [data],
      next: [{ file: 'next.onnx', bytes: 5, sha256: 'b'.repeat(64), external: [data] }],
    })
    const listed = listPackFiles(twice)
    const names = listed.ok ? listed.value.map(({ file }) => file) : []
    expect(names.slice(0, 3)).toEqual(['trunk.onnx', 'ct.data', 'next.onnx'])
    expect(new Set(names).size).toBe(names.length)
    expect(names).toContain('speech.onnx')
  })

  it('refuses one name with two contents, and one content with two lengths', () => {
    const names = manifest()
    Object.assign(names.ct.head[0], { file: 'trunk.onnx' })
    expect(codeOf(listPackFiles(names))).toBe('pack-contradicts')
    const lengths = manifest()
    Object.assign(lengths.ct.head[0], { sha256: lengths.ct.trunk[0].sha256 })
    expect(codeOf(listPackFiles(lengths))).toBe('pack-contradicts')
  })
})
