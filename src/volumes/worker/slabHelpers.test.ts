import { expect, test, vi } from 'vitest'
import { ChannelWorker } from '../../base/channelWorker.fixture.ts'
import type { CtInputPlan } from '../../domain/ct/toCtInput.ts'
import type { Volume } from '../../domain/volume/volume.ts'
import { createSlabHelper, type SlabHelper } from './ctInputHelper.ts'
import { SlabHelpers } from './slabHelpers.ts'

const setUp = () => {
  const workers: ChannelWorker[] = []
  const start = () => {
    const worker = new ChannelWorker({ sample: async () => undefined })
    workers.push(worker)
    return worker
  }
  return { workers, helpers: new SlabHelpers(() => createSlabHelper(start, 20)) }
}

const sampleAll = (team: readonly SlabHelper[]) =>
  Promise.all(team.map((helper) => helper.sample({} as Volume, {} as CtInputPlan, new Int32Array(1), () => undefined)))

test('helpers serve the next input and end when nobody comes', async () => {
  const { workers, helpers } = setUp()
  expect(await helpers.with(2, sampleAll)).toHaveLength(2)
  expect(await helpers.with(1, sampleAll)).toHaveLength(1)
  expect(workers.map(({ isTerminated }) => isTerminated)).toEqual([false, false])
  await vi.waitFor(() => expect(workers.map(({ isTerminated }) => isTerminated)).toEqual([true, true]))
  await helpers.with(1, sampleAll)
  expect(workers).toHaveLength(3)
})

test('after a failure new ones are started', async () => {
  const { workers, helpers } = setUp()
  const failing = async (team: readonly SlabHelper[]) => {
    await sampleAll(team)
    throw new Error('no memory')
  }
  await expect(helpers.with(2, failing)).rejects.toThrow('no memory')
  expect(workers.map(({ isTerminated }) => isTerminated)).toEqual([true, true])
  await helpers.with(1, sampleAll)
  expect(workers).toHaveLength(3)
})
