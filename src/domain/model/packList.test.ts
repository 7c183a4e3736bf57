import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parsePackList } from './packList.ts'
import { parseManifest } from './parseManifest.ts'

const MODELS = new URL('../../../public/models/', import.meta.url)
const readJson = (path: string) => JSON.parse(readFileSync(new URL(path, MODELS), 'utf8'))

const entry = { id: 'a', title: 'A', line: '' }
const list = (...packs: object[]) => ({ schema: 'voxct-packs/1', packs })

describe('parsePackList', () => {
  it('accepts packs in their order', () => {
    const result = parsePackList(list(entry, { ...entry, id: 'b-2', bytes: 12 }))
    expect(result.ok && result.value.map(({ id }) => id)).toEqual(['a', 'b-2'])
  })

  it.each([
    ['no list', null],
    ['another schema', { ...list(entry), schema: 'voxct-packs/2' }],
    ['no pack', list()],
    ['an id that leaves the folder', list({ ...entry, id: '../other' })],
    ['an id twice', list(entry, entry)],
    ['no title', list({ ...entry, title: '' })],
    ['a fractional length', list({ ...entry, bytes: 1.5 })],
  ])('refuses %s', (_, json) => {
    const result = parsePackList(json)
    expect(result.ok ? 'accepted' : result.problem.code).toBe('packs-invalid')
  })
})

describe('the bundled list', () => {
  const bundled = parsePackList(readJson('packs.json'))
  const ids = bundled.ok ? bundled.value.map(({ id }) => id) : []

  it('begins with the default pack', () => {
    expect(ids[0]).toBe('phantom-mini')
  })

  it.each(ids)('lists %s, which has a manifest of that id and all its files, shared ones too', (id) => {
    const parsed = parseManifest(readJson(`${id}/manifest.json`))
    if (!parsed.ok) throw new Error(parsed.problem.message)
    expect(parsed.value.id).toBe(id)
    JSON.stringify(parsed.value, (_, value) => {
      if (value && typeof value === 'object' && 'sha256' in value)
        expect(existsSync(new URL(`${value.pack ?? id}/${value.file}`, MODELS)), value.file).toBe(true)
      return value
    })
  })
})
