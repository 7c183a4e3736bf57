import { expect, it } from 'vitest'
import { createStudyLocks } from './studyLocks.ts'
import { createWebLocks } from './webLocks.fixture.ts'

const settle = () => new Promise((resolve) => setTimeout(resolve, 5))

it('tells the second of two tabs, and tells it again when the first has left the study', async () => {
  const browser = createWebLocks()
  const [first, second] = [createStudyLocks(browser), createStudyLocks(browser)]
  const told: string[] = []
  first.take('a', (isElsewhere) => told.push(`first ${isElsewhere}`))
  await settle()
  second.take('a', (isElsewhere) => told.push(`second ${isElsewhere}`))
  await settle()
  expect(told).toEqual(['first false', 'second true'])
  first.take('b', () => undefined)
  await settle()
  expect(told.at(-1)).toBe('second false')
})

it('lets go of a study that it waits for, and keeps the one it has when that is taken again', async () => {
  const browser = createWebLocks()
  const [first, second] = [createStudyLocks(browser), createStudyLocks(browser)]
  const told: boolean[] = []
  first.take('a', () => undefined)
  first.take('a', () => told.push(true))
  second.take('a', (isElsewhere) => told.push(isElsewhere))
  await settle()
  second.take('b', () => undefined)
  await settle()
  first.take('c', () => undefined)
  await settle()
  expect(told).toEqual([true])
  expect([...browser.held].sort()).toEqual(['voxct-study-b', 'voxct-study-c'])
})

it('says nothing where the browser has no locks', () => {
  createStudyLocks(undefined).take('a', () => {
    throw new Error('told')
  })
})
