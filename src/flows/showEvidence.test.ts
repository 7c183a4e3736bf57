import { expect, it } from 'vitest'
import { heatPeakLpsMm } from '../domain/grounding/heat.ts'
import type { CtEngine } from '../inference/engines.ts'
import type { Viewer } from '../viewer/viewer.ts'
import { axis, createOneStudy } from './oneStudy.fixture.ts'
import { clearEvidence, showEvidence, toOverlay } from './showEvidence.ts'

it('lays the hottest token of the overlay where the crosshair goes', () => {
  const placement = {
    originLpsMm: [1, 2, 3],
    stepsLpsMm: [
      [0, 0, 30],
      [20, 0, 0],
      [0, 10, 0],
    ],
  } as const
  const tokenGrid = [2, 3, 4] as const
  const hottest = (1 * 3 + 2) * 4 + 3
  const values = new Float32Array(24)
  values[hottest] = 1
  const overlay = toOverlay(values, tokenGrid, placement)
  const [nx, ny] = overlay.tokenGrid
  const index = [hottest % nx, Math.floor(hottest / nx) % ny, Math.floor(hottest / (nx * ny))]
  const at = overlay.originLpsMm.map((mm, axis) =>
    overlay.stepsLpsMm.reduce((sum, step, n) => sum + step[axis] * index[n], mm),
  )
  expect(at).toEqual([1 + 40, 2 + 30, 3 + 30])
  expect(at).toEqual([...heatPeakLpsMm(values, tokenGrid, placement, null)])
})

it('keeps the heat of a study that is not on screen with the study, and off the views', async () => {
  const { store, study, pack, see } = createOneStudy()
  const laid: unknown[] = []
  const viewer = { setHeat: (heat: unknown) => laid.push(heat), setCrosshair() {} } as unknown as Viewer
  const ctEngine = { heat: async () => Float32Array.of(1) } as unknown as CtEngine
  see(axis('emphysema'))
  const query = { kind: 'finding', findingId: 'emphysema' } as const
  store.patch('desk', { readId: null })
  await showEvidence({ screen: store, viewer, ctEngine }, pack, study, query)
  expect(study.state.heat).toBe(query)
  expect([study.heat?.tokenGrid, laid.length]).toEqual([[1, 1, 1], 0])
  store.patch('desk', { readId: 'one' })
  clearEvidence({ screen: store, viewer }, study)
  expect([study.state.heat, study.heat, laid]).toEqual([null, null, [null]])
})
