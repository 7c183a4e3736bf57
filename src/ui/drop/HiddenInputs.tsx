import { type ChangeEvent, useEffect } from 'react'
import { useActions, useAppContext } from '../appContext.ts'
import { OwnInputs } from './OwnInputs.tsx'
import { addPlacedPack, openOrHear, openPlaced, toPlaced } from './openPlaced.ts'

/** Takes the chosen files and empties the input, so that the same file can be chosen again. */
function takeFiles(event: ChangeEvent<HTMLInputElement>): File[] {
  const files = [...(event.currentTarget.files ?? [])]
  event.currentTarget.value = ''
  return files
}

/** File inputs behind the Open buttons, the O key and the audio button. */
export function HiddenInputs() {
  const context = useAppContext()
  const { inputs } = context
  const actions = useActions()
  useEffect(() => {
    for (const input of [inputs.folder, inputs.pack]) input.current?.setAttribute('webkitdirectory', '')
  }, [inputs])
  const open = async (event: ChangeEvent<HTMLInputElement>) => {
    openOrHear(await openPlaced(toPlaced(takeFiles(event)), context), actions)
  }
  const addPack = (event: ChangeEvent<HTMLInputElement>) => {
    const placed = toPlaced(takeFiles(event))
    if (placed.length > 0) void addPlacedPack(placed, context)
  }
  const hear = (event: ChangeEvent<HTMLInputElement>) => {
    for (const file of takeFiles(event)) actions.hearFile(file)
  }
  return (
    <div hidden>
      <input
        ref={inputs.files}
        type="file"
        multiple
        data-testid="open-input"
        aria-label="Files to open"
        onChange={open}
      />
      <input
        ref={inputs.folder}
        type="file"
        multiple
        data-testid="open-folder-input"
        aria-label="Folder to open"
        onChange={open}
      />
      <input
        ref={inputs.audio}
        type="file"
        accept="audio/*,.webm,.mp4,.mov,.3gp"
        data-testid="audio-input"
        aria-label="Audio file to hear"
        onChange={hear}
      />
      <input
        ref={inputs.pack}
        type="file"
        multiple
        data-testid="pack-folder-input"
        aria-label="Folder of a model"
        onChange={addPack}
      />
      <OwnInputs />
    </div>
  )
}
