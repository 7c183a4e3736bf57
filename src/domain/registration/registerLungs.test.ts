import { expect, test, vi } from 'vitest'
import { createPhantomCase } from '../../../phantom/phantomCase.ts'
import { follow, makePrior, measureErrors, toBreath, toLandmarks, toMotion } from '../../../phantom/priors.fixture.ts'
import { renderPhantom } from '../../../phantom/renderPhantom.ts'
import type { Volume, VolumeGeometry } from '../volume/volume.ts'
import { registerLungs } from './registerLungs.ts'

vi.setConfig({ testTimeout: 60_000 })

const LPS = [
  [1, 0, 0],
  [0, 1, 0],
  [0, 0, 1],
] as const

const toGeometry = (inPlane: number, thick: number, shift = 0, cutMm = 0): VolumeGeometry => ({
  size: [Math.round(360 / inPlane), Math.round(360 / inPlane), Math.round((310 - cutMm) / thick)],
  spacingMm: [inPlane, inPlane, thick],
  originLpsMm: [shift - 180, shift - 174, shift - 155 + cutMm],
  directionLps: LPS,
})

const PHANTOM = createPhantomCase(3_000_000)
const draw = (geometry: VolumeGeometry, noiseGain: number): Volume => {
  const { hu } = renderPhantom(PHANTOM, geometry, { edgeMm: 2, noiseGain, noiseBlur: 0.45, slab: false })
  return { ...geometry, hu, id: 'scan', missing: [] }
}
const CURRENT = draw(toGeometry(2.5, 3), 1)
const LANDMARKS = toLandmarks(PHANTOM)
const MOTION = toMotion([4, -3, 9], [18, -12, 25], [0, 0, 0])
const HERE = [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1]

function register(prior: Volume) {
  const registered = registerLungs(CURRENT, prior)
  if (!registered.ok) throw new Error(registered.problem.message)
  return registered.value
}

test('a prior that lies turned and shifted, with other spacing and without the bases, is found to a millimetre', () => {
  const prior = makePrior(CURRENT, MOTION, { geometry: toGeometry(3, 5, 10, 80), layers: 2 })
  const { priorToCurrent, currentToPrior, overlap } = register(prior)
  expect(measureErrors(LANDMARKS, MOTION, priorToCurrent).p95Mm).toBeLessThan(1)
  expect(overlap).toBeGreaterThan(0.9)
  const back = { there: MOTION.back, back: MOTION.there }
  expect(measureErrors(LANDMARKS.map(MOTION.there), back, currentToPrior).p95Mm).toBeLessThan(1)
})

test('a prior that shows the apices alone is found to two millimetres', () => {
  const prior = makePrior(CURRENT, MOTION, { geometry: toGeometry(3, 4, 10, 195), layers: 1 })
  expect(measureErrors(LANDMARKS, MOTION, register(prior).priorToCurrent).medianMm).toBeLessThan(2)
})

test('a prior whose field of view ends within the lungs is refused rather than laid wrongly', () => {
  const whole = toGeometry(3, 4)
  const geometry: VolumeGeometry = { ...whole, size: [75, 75, whole.size[2]], originLpsMm: [-112, -105, -155] }
  const still = toMotion([0, 0, 0], [0, 0, 0], [0, 0, 0])
  const registered = registerLungs(CURRENT, makePrior(CURRENT, still, { geometry, layers: 1 }))
  expect(registered.ok ? registered.value.overlap : registered.problem.code).toBe('lungs-do-not-fit')
})

test('a prior of another scanner that lies oblique by its header is found to a millimetre', () => {
  const geometry = toGeometry(3, 5)
  const origin = MOTION.there([0, 0, 0])
  const turned = LPS.map((axis) => MOTION.there(axis).map((mm, n) => mm - origin[n]))
  const prior = {
    ...draw(geometry, 1.5),
    originLpsMm: MOTION.there(geometry.originLpsMm),
    directionLps: turned as unknown as Volume['directionLps'],
    missing: [20, 21],
  }
  for (const k of prior.missing) prior.hu.fill(-1024, k * 120 * 120, (k + 1) * 120 * 120)
  expect(measureErrors(LANDMARKS, MOTION, register(prior).priorToCurrent).p95Mm).toBeLessThan(1)
})

test('of a breath of 20 mm at the bases a quarter of the error is left, also where the patient lies elsewhere', () => {
  const heights = LANDMARKS.map(([, , z]) => z)
  const breath = toBreath(Math.min(...heights), Math.max(...heights))
  const before = measureErrors(LANDMARKS, breath, HERE)
  expect(before.medianMm).toBeGreaterThan(8)
  for (const moved of [breath, follow(MOTION, breath)]) {
    const prior = makePrior(CURRENT, moved, { geometry: toGeometry(2.5, 3, 5), layers: 1 })
    const after = measureErrors(LANDMARKS, moved, register(prior).priorToCurrent)
    expect(after.medianMm).toBeLessThan(before.medianMm / 4)
    expect(after.p95Mm).toBeLessThan(before.p95Mm / 4)
  }
})

test('what shows no lungs is refused with the reason, and says which scan it is', () => {
  const empty = { ...CURRENT, hu: CURRENT.hu.map(() => 40) }
  const none = registerLungs(CURRENT, empty)
  expect(none.ok ? '' : none.problem.message).toContain('No lungs were found in the prior')
  const here = registerLungs(empty, CURRENT)
  expect(here.ok ? '' : here.problem.message).toContain('No lungs were found in the current scan')
})

test('lungs that do not fit are refused', () => {
  const upsideDown = { ...CURRENT, hu: CURRENT.hu.slice() }
  const layer = CURRENT.size[0] * CURRENT.size[1]
  for (let k = 0; k < CURRENT.size[2]; k++)
    upsideDown.hu.set(CURRENT.hu.subarray(k * layer, (k + 1) * layer), (CURRENT.size[2] - 1 - k) * layer)
  const registered = registerLungs(CURRENT, upsideDown)
  expect(registered.ok ? registered.value.overlap : registered.problem.code).toBe('lungs-do-not-fit')
})

test('progress goes from nothing to all', () => {
  const fractions: (number | null)[] = []
  registerLungs(CURRENT, CURRENT, (_, fraction) => fractions.push(fraction))
  expect(fractions[0]).toBe(0)
  expect(fractions.at(-1)).toBe(1)
  expect(fractions).toEqual([...fractions].sort((a, b) => (a ?? 0) - (b ?? 0)))
})
