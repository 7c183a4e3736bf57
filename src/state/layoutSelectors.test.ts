import { expect, it } from 'vitest'
import {
  selectActivePane,
  type selectLayout,
  selectNextPane,
  selectPaneOfPlane,
  selectShownLayout,
} from './layoutSelectors.ts'
import { createAppStore } from './store.ts'

const idsOf = ({ panes }: ReturnType<typeof selectLayout>) => panes.map(({ id }) => id)

function createBeside() {
  const store = createAppStore()
  store.patch('desk', { comparisonPhase: 'working' })
  return store
}

it('shows the panes of the study beside only while there is one', () => {
  const store = createAppStore()
  expect(idsOf(selectShownLayout(store.get()))).toEqual(['axial', 'coronal', 'sagittal'])
  store.patch('desk', { comparisonPhase: 'working' })
  expect(selectShownLayout(store.get()).panes).toHaveLength(6)
  store.view.maximise('comparison-coronal')
  expect(idsOf(selectShownLayout(store.get()))).toEqual(['coronal', 'comparison-coronal'])
  store.patch('desk', { comparisonPhase: 'idle' })
  expect(idsOf(selectShownLayout(store.get()))).toEqual(['coronal'])
})

it('gives the same layout as long as nothing about it changes', () => {
  const store = createBeside()
  store.view.maximise('sagittal')
  const before = selectShownLayout(store.get())
  store.patch('view', { windowWidthHu: 400 })
  expect(selectShownLayout(store.get())).toBe(before)
})

it('takes the pane of the current study for the active one once no study lies beside it', () => {
  const store = createBeside()
  store.view.activate('comparison-coronal')
  expect(selectActivePane(store.get())).toMatchObject({ id: 'comparison-coronal', study: 'comparison' })
  store.patch('desk', { comparisonPhase: 'idle' })
  expect(selectActivePane(store.get())).toMatchObject({ id: 'coronal', study: 'current' })
})

it('moves on within the study of the active pane, and finds its pane of a plane', () => {
  const store = createBeside()
  store.view.activate('comparison-sagittal')
  expect(selectNextPane(store.get()).id).toBe('comparison-axial')
  expect(selectPaneOfPlane(store.get(), 'coronal')?.id).toBe('comparison-coronal')
  store.view.activate('axial')
  expect(selectNextPane(store.get()).id).toBe('coronal')
})
