import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parseManifest } from './parseManifest.ts'

const FIXTURES = new URL('../../../fixtures/manifests/', import.meta.url)

/** Throws where the folder is missing: no fixtures must not mean no failures. */
function readAll(folder: 'valid' | 'invalid'): { name: string; json: Record<string, unknown> }[] {
  const directory = new URL(`${folder}/`, FIXTURES)
  return readdirSync(directory)
    .filter((name) => name.endsWith('.json'))
    .map((name) => ({ name, json: JSON.parse(readFileSync(new URL(name, directory), 'utf8')) }))
}

describe('parseManifest', () => {
  it('has manifests of both kinds to try', () => {
    expect(readAll('valid').length).toBeGreaterThanOrEqual(19)
    expect(readAll('invalid').length).toBeGreaterThanOrEqual(96)
  })

  it.each(readAll('valid'))('accepts valid/$name', ({ json }) => {
    const result = parseManifest(json)
    expect(result.ok ? 'accepted' : result.problem.message).toBe('accepted')
  })

  it.each(readAll('invalid'))('refuses invalid/$name for its one defect', ({ json }) => {
    const result = parseManifest(json)
    if (result.ok) throw new Error('was accepted')
    expect(result.problem.code).toBe('manifest-invalid')
    expect(result.problem.message).toContain(`is not valid: ${json.$defect}: `)
  })

  it.each([
    ['tiny-three', 3],
    ['tiny', 18],
    ['tiny-forty', 40],
  ])('accepts the pack %s, which has %i findings', (name, count) => {
    const result = parseManifest(JSON.parse(readFileSync(new URL(`../models/${name}/manifest.json`, FIXTURES), 'utf8')))
    expect(result.ok ? result.value.findings : result.problem.message).toHaveLength(count)
  })

  it('refuses what is no object at all', () => {
    for (const json of [null, undefined, [], 'manifest', 3]) expect(parseManifest(json).ok).toBe(false)
  })

  it('drops fields it does not know', () => {
    const [{ json }] = readAll('valid').filter(({ name }) => name === 'unknown-extra-field.json')
    const result = parseManifest(json)
    expect(result.ok && 'note' in result.value).toBe(false)
    expect(json.note).toBeTypeOf('string')
  })
})
