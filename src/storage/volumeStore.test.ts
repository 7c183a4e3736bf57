import { expect, test } from 'vitest'
import { VolumeStore } from './volumeStore.ts'

const createStore = (budgetBytes: number, evicted: string[] = []) =>
  new VolumeStore<Uint8Array>({
    budgetBytes,
    toByteSize: (value) => value.byteLength,
    onEvict: (id) => evicted.push(id),
  })

const bytes = (count: number) => new Uint8Array(count)

test('over the budget the entry used longest ago goes, and reading counts as use', () => {
  const evicted: string[] = []
  const store = createStore(100, evicted)
  for (const id of ['a', 'b', 'c']) store.put(id, bytes(30))
  store.get('a')
  store.put('d', bytes(30))
  expect(evicted).toEqual(['b'])
  expect(store.ids).toEqual(['c', 'a', 'd'])
  expect(store.totalBytes).toBe(90)
})

test('what is on screen stays although it is the oldest and the budget is passed', () => {
  const store = createStore(50)
  store.hold(['current', 'beside'])
  store.put('current', bytes(40))
  store.put('beside', bytes(40))
  store.put('recent', bytes(10))
  store.put('newest', bytes(10))
  expect(store.ids).toEqual(['current', 'beside', 'newest'])
})

test('letting go of a study makes room at once', () => {
  const evicted: string[] = []
  const store = createStore(50, evicted)
  store.hold(['old', 'new'])
  store.put('old', bytes(40))
  store.put('new', bytes(40))
  expect(evicted).toEqual([])
  store.hold(['new'])
  expect(evicted).toEqual(['old'])
})

test('a single value above the budget is kept while it is the newest', () => {
  const store = createStore(10)
  store.put('small', bytes(5))
  store.put('huge', bytes(500))
  expect(store.ids).toEqual(['huge'])
})

test('putting the same id again replaces it and counts its bytes once', () => {
  const store = createStore(100)
  store.put('a', bytes(30))
  store.put('a', bytes(20))
  expect(store.totalBytes).toBe(20)
  store.delete('a')
  store.delete('a')
  expect(store.totalBytes).toBe(0)
  expect(store.get('a')).toBeUndefined()
})
