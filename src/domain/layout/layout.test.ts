import { expect, it } from 'vitest'
import { type Layout, panesOf, toBeside, toCounterpart, toCurrentPaneId, toMaximised, toRoles } from './layout.ts'
import { THREE_PLANES } from './layouts.ts'

const idsOf = ({ panes }: Layout) => panes.map(({ id }) => id)
const THREE_PLANES_BESIDE = toBeside(THREE_PLANES)
const [axial, coronal] = THREE_PLANES.panes

/** Two axial panes. */
const TWO_AXIAL: Layout = { ...THREE_PLANES, panes: [...THREE_PLANES.panes, { ...axial, id: 'axial-2' }] }

it('shows three planes of one study, and beside it the same three of another', () => {
  expect(THREE_PLANES.panes.map(({ plane }) => plane)).toEqual(['axial', 'coronal', 'sagittal'])
  expect(toRoles(THREE_PLANES)).toEqual(['current'])
  expect(toRoles(THREE_PLANES_BESIDE)).toEqual(['current', 'comparison'])
  expect(panesOf(THREE_PLANES_BESIDE, 'comparison').map(({ id, plane }) => [id, plane])).toEqual([
    ['comparison-axial', 'axial'],
    ['comparison-coronal', 'coronal'],
    ['comparison-sagittal', 'sagittal'],
  ])
})

it('carries a pane that was added as one row over to the study beside', () => {
  expect(idsOf(toBeside(TWO_AXIAL)).slice(3)).toEqual([
    'axial-2',
    'comparison-axial',
    'comparison-coronal',
    'comparison-sagittal',
    'comparison-axial-2',
  ])
})

it('maximises a pane, and of the study beside it the pane of the same plane', () => {
  expect(idsOf(toMaximised(THREE_PLANES, coronal))).toEqual(['coronal'])
  expect(idsOf(toMaximised(THREE_PLANES_BESIDE, coronal))).toEqual(['coronal', 'comparison-coronal'])
  expect(toMaximised(THREE_PLANES, coronal).panes[0]).toMatchObject({ wide: '1 / 1 / 2 / 2', narrow: '1 / 1 / 2 / 2' })
})

it('shows the current study large where the maximised pane belonged to a study that is gone', () => {
  const beside = panesOf(THREE_PLANES_BESIDE, 'comparison')[1]
  expect(idsOf(toMaximised(THREE_PLANES, beside))).toEqual(['coronal'])
})

it('takes a pane itself for its counterpart in its own study, though another shows the same plane', () => {
  expect(toCounterpart(TWO_AXIAL, TWO_AXIAL.panes[3], 'current').id).toBe('axial-2')
  expect(toCounterpart(toBeside(TWO_AXIAL), TWO_AXIAL.panes[3], 'comparison').id).toBe('comparison-axial')
})

it('gives the place of a pane beside to the one of the current study when that is gone', () => {
  expect(toCurrentPaneId(THREE_PLANES, 'comparison-sagittal')).toBe('sagittal')
  expect(toCurrentPaneId(THREE_PLANES, 'coronal')).toBe('coronal')
  expect(toCurrentPaneId(THREE_PLANES, 'of another layout')).toBe('axial')
})
