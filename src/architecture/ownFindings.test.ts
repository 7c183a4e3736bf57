import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, it } from 'vitest'

const ROOT = resolve(import.meta.dirname, '../..')
/** Everything but the phantom, which the list is for, and this room. */
const FOLDERS = ['bench', 'e2e', 'e2e-full', 'scripts', 'src']
/** The drawn library of the bench is of a bundled pack's size; the test is about what the phantom says of itself. */
const MAY_KNOW_THE_LIST = ['bench/library.ts', 'src/volumes/worker/volumePhantom.test.ts']

const listSources = (folder: string): string[] =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => join(folder, name))
    .filter((name) => !name.startsWith('src/architecture'))

const SOURCES = FOLDERS.flatMap(listSources)

it('leaves the findings to the pack: only the phantom and what is about it know the list of CT-RATE', () => {
  expect(SOURCES.length).toBeGreaterThan(400)
  const users = SOURCES.filter((name) => readFileSync(join(ROOT, name), 'utf8').includes('/ctRateFindings.ts'))
  expect(users.sort()).toEqual(MAY_KNOW_THE_LIST)
})

it('names no finding of CT-RATE in the product', () => {
  const list = readFileSync(join(ROOT, 'phantom/findings/ctRateFindings.ts'), 'utf8')
  const ids = [...list.matchAll(/id: '(\w+)'/g)].map(([, id]) => id)
  expect(ids).toHaveLength(18)
  const product = SOURCES.filter((name) => name.startsWith('src/') && !/\.(test|fixture)\.tsx?$|\/testing\//.test(name))
  const naming = product.flatMap((name) => {
    const text = readFileSync(join(ROOT, name), 'utf8')
    return ids.filter((id) => text.includes(`'${id}'`)).map((id) => `${name}: ${id}`)
  })
  expect(naming).toEqual([])
})
