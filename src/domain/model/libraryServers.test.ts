import { expect, it } from 'vitest'
import { parseLibraryServers } from './libraryServers.ts'

const entry = { title: 'Archive', path: 'library/search', encoder: 'f3ef180a4e7e87773e2933b9740c07b5' }

it('offers what the site names, and nothing where it names none', () => {
  expect(parseLibraryServers({ schema: 'voxct-packs/1', packs: [] })).toEqual({ ok: true, value: [] })
  expect(parseLibraryServers({ libraries: [entry] })).toEqual({ ok: true, value: [entry] })
})

it.each([
  ['another site', { ...entry, path: 'https://elsewhere.org/search' }, 'libraries.0.path'],
  ['another site without a scheme', { ...entry, path: '//elsewhere.org/search' }, 'libraries.0.path'],
  ['a backslash for a slash', { ...entry, path: '\\\\elsewhere.org' }, 'libraries.0.path'],
  ['a path that leaves the site', { ...entry, path: 'library/../../search' }, 'libraries.0.path'],
  ['data', { ...entry, path: 'data:text/plain,x' }, 'libraries.0.path'],
  ['no encoder', { title: 'A', path: 'a' }, 'libraries.0.encoder'],
  ['no title', { ...entry, title: ' ' }, 'libraries.0.title'],
  ['a field that is not known', { ...entry, token: 'x' }, 'libraries.0'],
])('refuses %s by the name of the field', (_, wrong, field) => {
  const read = parseLibraryServers({ libraries: [wrong] })
  expect(read.ok ? 'accepted' : read.problem).toMatchObject({ code: 'libraries-invalid' })
  expect(read.ok ? '' : read.problem.message).toContain(field)
})

it('refuses one address twice', () => {
  expect(parseLibraryServers({ libraries: [entry, entry] }).ok).toBe(false)
})
