import { expect, it } from 'vitest'
import { createAppStore } from '../state/store.ts'
import { followCine } from './cine.ts'

it('plays the active pane at its speed, round and round, and ends with the study', () => {
  const store = createAppStore()
  store.patch('desk', { readId: 'a' })
  const slice = { number: 9, count: 10, firstMm: 0, stepMm: 1, isMissing: false, missingOf: null, instanceNumber: null }
  store.readout.setSlice('current', 'axial', slice)
  const scrolled: unknown[] = []
  let frame: ((sinceMs: number) => void) | null = null
  followCine(
    store,
    (pane, slices) => scrolled.push([pane, slices]),
    (step) => {
      frame = step
      return () => {
        frame = null
      }
    },
  )
  expect(frame).toBeNull()
  store.patch('view', { cine: { isPlaying: true, slicesPerSecond: 10 } })
  frame!(50)
  expect(scrolled).toEqual([])
  frame!(50)
  frame!(400)
  expect(scrolled).toEqual([
    ['axial', 1],
    ['axial', -6],
  ])
  store.patch('desk', { readId: 'b' })
  expect(store.get().view.cine.isPlaying).toBe(false)
  expect(frame).toBeNull()
})
