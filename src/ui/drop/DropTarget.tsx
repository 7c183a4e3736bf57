import { IconFileImport } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { type AppContextValue, useAppContext } from '../appContext.ts'
import styles from './drop.module.css'
import { takeDrop } from './takeDrop.ts'

const carriesFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') ?? false

/** Listens on the window: `dragenter` and `dragleave` come for every element crossed, so they are counted. */
function listenForDrops(context: AppContextValue, setOver: (isOver: boolean) => void): () => void {
  let depth = 0
  const controller = new AbortController()
  const listen = (type: 'dragenter' | 'dragover' | 'dragleave' | 'drop', handle: (event: DragEvent) => void) =>
    window.addEventListener(type, (event) => carriesFiles(event) && handle(event), { signal: controller.signal })
  const move = (next: number) => {
    depth = Math.max(0, next)
    setOver(depth > 0)
  }
  listen('dragenter', (event) => {
    event.preventDefault()
    move(depth + 1)
  })
  listen('dragover', (event) => event.preventDefault())
  listen('dragleave', () => move(depth - 1))
  listen('drop', (event) => {
    event.preventDefault()
    move(0)
    if (event.dataTransfer) void takeDrop(event.dataTransfer, context)
  })
  return () => controller.abort()
}

/** The whole window takes files; while they hover, a sheet says so. */
export function DropTarget() {
  const context = useAppContext()
  const [isOver, setOver] = useState(false)
  useEffect(() => listenForDrops(context, setOver), [context])
  if (!isOver) return null
  return (
    <div className={styles.overlay} data-testid="drop-overlay">
      <IconFileImport size="2.5rem" stroke={1.4} />
      <p className={styles.overlayTitle}>Drop to open</p>
      <p className={styles.overlayText}>
        A CT as DICOM folder, zip or NIfTI opens as a study. An audio file is heard as dictation. A folder with a
        manifest.json is added as a model.
      </p>
    </div>
  )
}
