import { expect, it } from 'vitest'
import { findCycles, type Import, readModuleGraph } from './moduleGraph.ts'

const IMPORTS = readModuleGraph()

/** Types that name each other across files, each of which owes a reason. */
const CYCLES_OF_TYPES: readonly (readonly string[])[] = [
  // The store hands its slices to the setters that it is put together from.
  ['state/dictationSetters.ts', 'state/store.ts', 'state/studySetters.ts', 'state/viewSetters.ts'],
  // A gesture is told in the words of the view that it moves.
  ['viewer/interaction.ts', 'viewer/touchGesture.ts'],
]

const toImport = (from: string, to: string): Import => ({ from, to, ours: true, typeOnly: false })

it('finds a cycle of two, of three, and a module that imports itself, and none in a diamond', () => {
  const pairs = [
    ['a', 'b'],
    ['b', 'a'],
    ['b', 'c'],
    ['c', 'd'],
    ['d', 'e'],
    ['e', 'c'],
    ['f', 'f'],
  ]
  expect(findCycles(pairs.map(([from, to]) => toImport(from, to)))).toEqual([['c', 'd', 'e'], ['a', 'b'], ['f']])
  const diamond = [
    ['top', 'left'],
    ['top', 'right'],
    ['left', 'bottom'],
    ['right', 'bottom'],
  ]
  expect(findCycles(diamond.map(([from, to]) => toImport(from, to)))).toEqual([])
})

it('has no modules that import each other when they run', () => {
  expect(findCycles(IMPORTS.filter(({ typeOnly }) => !typeOnly))).toEqual([])
})

it('has no types that name each other across files but those with a reason', () => {
  const isListed = (cycle: readonly string[]) =>
    CYCLES_OF_TYPES.some((listed) => cycle.every((name) => listed.includes(name)))
  expect(findCycles(IMPORTS).filter((cycle) => !isListed(cycle))).toEqual([])
})
