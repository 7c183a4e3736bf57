import { type DragEvent, useState } from 'react'
import { useActions } from '../appContext.ts'

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

/** A pane that another one is dropped onto changes places with it. */
export function usePaneDrop(paneId: string) {
  const actions = useActions()
  const [isOver, setOver] = useState(false)
  const isOurs = ({ dataTransfer }: DragEvent) => dataTransfer.types.includes(PANE_TYPE)
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
      const other = event.dataTransfer.getData(PANE_TYPE)
      if (!other) return
      event.preventDefault()
      if (other !== paneId) actions.swapPanes(paneId, other)
    },
  }
}
