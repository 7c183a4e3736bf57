import type { ChangeEvent } from 'react'
import { useActions, useAppContext } from '../appContext.ts'

/** Files of findings and libraries of the reader's own, behind their commands. */
export function OwnInputs() {
  const { inputs } = useAppContext()
  const actions = useActions()
  const take = (use: (file: File) => void) => (event: ChangeEvent<HTMLInputElement>) => {
    for (const file of [...(event.currentTarget.files ?? [])]) use(file)
    event.currentTarget.value = ''
  }
  const shared = { type: 'file', accept: 'application/json,.json' } as const
  return (
    <>
      <input
        {...shared}
        ref={inputs.ownFindings}
        data-testid="own-findings-input"
        aria-label="File of findings of yours"
        onChange={take(actions.importOwnFindings)}
      />
      <input
        {...shared}
        ref={inputs.ownLibrary}
        data-testid="own-library-input"
        aria-label="File of a library of yours"
        onChange={take(actions.importOwnLibrary)}
      />
    </>
  )
}
