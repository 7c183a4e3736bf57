import { expect, it } from 'vitest'
import { findCycles, type Import, readModuleGraph } from './moduleGraph.ts'

const IMPORTS = readModuleGraph()

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

it('has no types that name each other across files', () => {
  expect(findCycles(IMPORTS)).toEqual([])
})
