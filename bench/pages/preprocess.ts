import type { TrilinearInputSpec } from '../../src/domain/ct/ctInputSpec.ts'
import { allocateHu } from '../../src/domain/volume/allocateHu.ts'
import type { Vec3, Volume } from '../../src/domain/volume/volume.ts'
import { createVolumeClient } from '../../src/volumes/client/volumeClient.ts'

/** Evenly spread HU, some beyond the clip, as the peer draws them. */
function drawVolume(size: Vec3, spacingMm: Vec3): Volume {
  const hu = allocateHu(size[0] * size[1] * size[2])
  let state = 1
  for (let n = 0; n < hu.length; n++) {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff
    hu[n] = ((state >> 8) % 2400) - 1200
  }
  const directionLps: Volume['directionLps'] = [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ]
  return { id: 'bench', size, spacingMm, originLpsMm: [0, 0, 0], directionLps, hu, missing: [] }
}

export interface PreprocessRequest {
  readonly size: Vec3
  readonly spacingMm: Vec3
  readonly spec: TrilinearInputSpec
  readonly repeats: number
}

/** Milliseconds from asking to having the input in this thread, after one run that warms up. */
async function measurePreprocess({ size, spacingMm, spec, repeats }: PreprocessRequest): Promise<number[]> {
  const client = createVolumeClient({ salt: '', decodeSlices: () => Promise.reject(new Error('no slices here')) })
  const volume = drawVolume(size, spacingMm)
  const times: number[] = []
  for (let run = 0; run <= repeats; run++) {
    const startedAt = performance.now()
    await client.toCtInput(volume, spec)
    if (run > 0) times.push(performance.now() - startedAt)
  }
  client.dispose()
  return times
}

Object.assign(globalThis, { measurePreprocess })
