import { expect, it } from 'vitest'
import { changePane, swapPanes, toArranged, toLayout } from './arrangedLayout.ts'
import { toAlone, toBeside } from './layout.ts'

const placesOf = (layout: ReturnType<typeof toLayout>) => Object.fromEntries(layout.panes.map((p) => [p.id, p.wide]))
const THREE = toArranged('three planes')

it('shows another plane in a pane, of both studies where two lie side by side', () => {
  const layout = toLayout(changePane(THREE, 'comparison-sagittal', { plane: 'axial' }))
  expect(layout.panes.map(({ plane }) => plane)).toEqual(['axial', 'coronal', 'axial'])
  expect(toBeside(layout).panes[5]).toMatchObject({ id: 'comparison-sagittal', plane: 'axial', study: 'comparison' })
})

it("puts two panes in each other's place, again and again, and a pane beside by its original", () => {
  const [axial, coronal, sagittal] = Object.values(placesOf(toLayout(THREE)))
  const once = swapPanes(THREE, 'axial', 'comparison-sagittal')
  expect(placesOf(toLayout(once))).toEqual({ axial: sagittal, coronal, sagittal: axial })
  const twice = swapPanes(once, 'axial', 'coronal')
  expect(placesOf(toLayout(twice))).toEqual({ axial: coronal, coronal: sagittal, sagittal: axial })
  expect(placesOf(toLayout(swapPanes(once, 'axial', 'sagittal')))).toEqual({ axial, coronal, sagittal })
})

it("gives the study beside one pane of the grid, which is the read study's once nothing lies beside", () => {
  const layout = toLayout(changePane(THREE, 'coronal', { study: 'comparison' }))
  const beside = toBeside(layout)
  expect(beside.isMixed).toBe(true)
  expect(beside.panes.map(({ id, study }) => [id, study])).toEqual([
    ['axial', 'current'],
    ['comparison-coronal', 'comparison'],
    ['sagittal', 'current'],
  ])
  expect(toAlone(layout).panes.every(({ study }) => study === 'current')).toBe(true)
  const back = toLayout(
    changePane(changePane(THREE, 'coronal', { study: 'comparison' }), 'comparison-coronal', { study: 'current' }),
  )
  expect(toBeside(back).isMixed).toBeUndefined()
})

it('reads what was kept under another table as far as it makes sense', () => {
  expect(toLayout({ id: 'of another version', changes: {} }).id).toBe('three planes')
  const shared = { id: 'three planes', changes: { axial: { at: 'coronal' }, sagittal: { at: 'gone' } } }
  expect(placesOf(toLayout(shared))).toEqual(placesOf(toLayout(THREE)))
})
