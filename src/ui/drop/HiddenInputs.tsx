import { type ChangeEvent, useEffect } from 'react'
import { useActions, useAppContext } from '../appContext.ts'

/** Takes the chosen files and empties the input, so that the same file can be chosen again. */
function takeFiles(event: ChangeEvent<HTMLInputElement>): File[] {
  const files = [...(event.currentTarget.files ?? [])]
  event.currentTarget.value = ''
  return files
}

/** File inputs behind the Open buttons, the O key and the audio button. */
export function HiddenInputs() {
  const { inputs } = useAppContext()
  const actions = useActions()
  useEffect(() => {
    inputs.folder.current?.setAttribute('webkitdirectory', '')
  }, [inputs])
  const open = (event: ChangeEvent<HTMLInputElement>) => {
    const files = takeFiles(event)
    if (files.length > 0) actions.openFiles(files)
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
        accept="audio/*"
        data-testid="audio-input"
        aria-label="Audio file to hear"
        onChange={hear}
      />
    </div>
  )
}
