import { expect, it } from 'vitest'
import { turnLines } from '../geometry/turnPlanes.ts'
import { VIEW_PLANES } from '../geometry/viewPlane.ts'
import { toObliqueText } from './obliqueText.ts'

it('tells a turned view by its angle to the nearest plane of the patient, and names that where it is another', () => {
  const coronalAt = (degrees: number) => toObliqueText('coronal', turnLines(VIEW_PLANES, 'axial', degrees).coronal)
  expect([0, 0.4, 23, -23, 60, 90, 180].map(coronalAt)).toEqual([
    null,
    'oblique 0.4°',
    'oblique 23°',
    'oblique 23°',
    'oblique 30° to sagittal',
    'turned to sagittal',
    'turned about',
  ])
  expect(toObliqueText('axial', turnLines(VIEW_PLANES, 'axial', 40).axial)).toBeNull()
})
