import { type DragEvent, useState } from 'react'
import { selectComparisons } from '../../state/comparisonSelectors.ts'
import { selectLayout } from '../../state/layoutSelectors.ts'
import { useActions, useApp } from '../appContext.ts'

/** What a drag of a pane carries: its id. */
const PANE_TYPE = 'application/x-voxct-pane'

/** Makes an element the handle by which a pane is dragged. */
export const toPaneHandle = (paneId: string) => ({
  draggable: true,
  onDragStart(event: DragEvent) {
    event.dataTransfer.setData(PANE_TYPE, paneId)
    event.dataTransfer.effectAllowed = 'move'
  },
})

/** What drags of the list of studies carry: the id of a series, or of a study of this visit. */
const LIST_TYPES = { series: 'application/x-voxct-series', study: 'application/x-voxct-study' } as const

/** Makes a row of the list one that can be dragged onto a pane. */
export const toListHandle = (kind: keyof typeof LIST_TYPES, id: string) => ({
  draggable: true,
  onDragStart: ({ dataTransfer }: DragEvent) => dataTransfer.setData(LIST_TYPES[kind], id),
})

/**
 * A pane that another one is dropped onto changes places with it; a series or study is opened to be read, on a pane of the study beside a
 * series of another study is laid there.
 */
export function usePaneDrop(paneId: string) {
  const actions = useActions()
  const comparable = useApp(selectComparisons)
  const isBeside = useApp((state) => selectLayout(state).panes.find(({ id }) => id === paneId)?.study === 'comparison')
  const goesBeside = (id: string) => isBeside && comparable.some(({ series }) => series.some((one) => one.id === id))
  const [isOver, setOver] = useState(false)
  const isOurs = ({ dataTransfer }: DragEvent) =>
    [PANE_TYPE, ...Object.values(LIST_TYPES)].some((type) => dataTransfer.types.includes(type))
  return {
    'data-drop': isOver,
    onDragOver(event: DragEvent) {
      if (!isOurs(event)) return
      event.preventDefault()
      setOver(true)
    },
    onDragLeave: () => setOver(false),
    onDrop(event: DragEvent) {
      setOver(false)
      if (!isOurs(event)) return
      event.preventDefault()
      const [other, series, study] = [PANE_TYPE, LIST_TYPES.series, LIST_TYPES.study].map((type) =>
        event.dataTransfer.getData(type),
      )
      if (series && goesBeside(series)) actions.compareWith(series)
      else if (series) actions.chooseSeries(series)
      else if (study) actions.reopenStudy(study)
      else if (other && other !== paneId) actions.swapPanes(paneId, other)
    },
  }
}
