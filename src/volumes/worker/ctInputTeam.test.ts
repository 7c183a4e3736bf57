import { expect, test, vi } from 'vitest'
import { ChannelWorker } from '../../base/channelWorker.fixture.ts'
import type { CtInputSpec } from '../../domain/ct/ctInputSpec.ts'
import { toCtInput } from '../../domain/ct/toCtInput.ts'
import type { Volume } from '../../domain/volume/volume.ts'
import { createSlabHelper, createSlabHelperApi, type SlabHelper, type SlabHelperApi } from './ctInputHelper.ts'
import { countHelpers, toCtInputInTeam } from './ctInputTeam.ts'

/** 12 slabs of two slices each, padded at both ends of the slowest axis. */
const SPEC: CtInputSpec = {
  axisCodes: 'SLP',
  shape: [24, 960, 960],
  spacingMm: [2, 1, 1],
  interpolation: 'trilinear',
  sizeRounding: 'truncate',
  huClip: [-1000, 1000],
  huDivisor: 1000,
  padValue: -1,
  cropRule: 'centre',
}

function shadedVolume(): Volume {
  const size = [30, 28, 25] as const
  const hu = new Int16Array(new SharedArrayBuffer(2 * size[0] * size[1] * size[2]))
  hu.forEach((_, n) => {
    hu[n] = ((n * 37) % 2600) - 1300
  })
  const directionLps: Volume['directionLps'] = [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ]
  return { id: 'shaded', size, spacingMm: [30, 31, 1.7], originLpsMm: [1, 2, 3], directionLps, hu, missing: [] }
}

/** 22 million numbers: by their bytes. */
const isEqual = (a: Float32Array, b: Float32Array): boolean => Buffer.from(a.buffer).equals(Buffer.from(b.buffer))

const helperWith = (api: SlabHelperApi = createSlabHelperApi()): SlabHelper =>
  createSlabHelper(() => new ChannelWorker(api))

test('a team gives what one thread gives, and tells how far it is', async () => {
  const volume = shadedVolume()
  const onProgress = vi.fn()
  const helper = helperWith()
  const input = await toCtInputInTeam(volume, SPEC, [helper], onProgress)
  const alone = toCtInput(volume, SPEC)
  expect(isEqual(input.data, alone.data)).toBe(true)
  expect(input.originLpsMm).toEqual(alone.originLpsMm)
  expect(onProgress).toHaveBeenCalledTimes(12)
  expect(onProgress).toHaveBeenLastCalledWith('Preparing the scan for the model', 1)
  helper.end()
})

test('a team gives what one thread gives where the foreground is resized, and cuts it out once', async () => {
  const volume = { ...shadedVolume(), missing: [3] }
  volume.hu.fill(-1024, 0, 2 * volume.size[0] * volume.size[1])
  const { axisCodes, shape } = SPEC
  const spec: CtInputSpec = {
    axisCodes,
    shape,
    interpolation: 'area',
    foregroundHu: -1000,
    huClip: [-1000, 200],
    huDivisor: 1200,
  }
  const helper = helperWith()
  const input = await toCtInputInTeam(volume, spec, [helper], () => undefined)
  const alone = toCtInput(volume, spec)
  expect(isEqual(input.data, alone.data)).toBe(true)
  expect(input.originLpsMm).toEqual(alone.originLpsMm)
  expect(input.stepsLpsMm[0][2]).toBeCloseTo((1.7 * (volume.size[2] - 2)) / shape[0], 9)
  helper.end()
})

test('a helper that takes a slab and breaks down loses nothing', async () => {
  const volume = shadedVolume()
  const broken = helperWith({
    async sample(_volume, _spec, counter) {
      Atomics.add(counter, 0, 3)
      throw new Error('no memory')
    },
  })
  const input = await toCtInputInTeam(volume, SPEC, [broken], () => undefined)
  expect(isEqual(input.data, toCtInput(volume, SPEC).data)).toBe(true)
  broken.end()
})

test('a helper whose script does not start is done without', async () => {
  const volume = shadedVolume()
  const worker = new ChannelWorker({ sample: () => new Promise(() => undefined) })
  const helper = createSlabHelper(() => worker)
  const preparing = toCtInputInTeam(volume, SPEC, [helper], () => undefined)
  worker.crash('not found')
  const input = await preparing
  expect(isEqual(input.data, toCtInput(volume, SPEC).data)).toBe(true)
})

test('helpers are asked for where the volume is shared and the input is large', () => {
  const volume = shadedVolume()
  expect(countHelpers(volume, SPEC, 8)).toBe(3)
  expect(countHelpers(volume, SPEC, 2)).toBe(1)
  expect(countHelpers(volume, SPEC, 1)).toBe(0)
  expect(countHelpers(volume, { ...SPEC, shape: [24, 96, 96] }, 8)).toBe(0)
  expect(countHelpers({ ...volume, hu: new Int16Array(volume.hu) }, SPEC, 8)).toBe(0)
})
