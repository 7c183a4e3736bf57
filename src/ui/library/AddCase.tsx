import { Button, TextInput } from '@mantine/core'
import { type FormEvent, useId, useState } from 'react'
import { canMark } from '../../commands/stateReads.ts'
import { useActions, useApp } from '../appContext.ts'
import styles from './library.module.css'

/** The scan that is read goes into a library only when it is asked for, under a title that names nobody unless one is typed. */
export function AddCase() {
  const actions = useActions()
  const listId = useId()
  const isReady = useApp(canMark)
  const libraries = useApp((state) => state.ownLibraries.libraries)
  const [library, setLibrary] = useState('')
  const [title, setTitle] = useState('')
  const [where, setWhere] = useState('')
  const add = (event: FormEvent) => {
    event.preventDefault()
    if (!isReady) return
    actions.addToLibrary({ library: library || (libraries.at(-1)?.title ?? ''), title, where })
    setTitle('')
    setWhere('')
  }
  return (
    <form className={styles.add} onSubmit={add}>
      <TextInput
        size="xs"
        label="Library"
        placeholder={libraries.at(-1)?.title ?? 'My cases'}
        list={listId}
        data-autofocus
        data-testid="library-name"
        value={library}
        onChange={(event) => setLibrary(event.currentTarget.value)}
      />
      <datalist id={listId}>
        {libraries.map(({ title: name }) => (
          <option key={name} value={name} />
        ))}
      </datalist>
      <TextInput
        size="xs"
        label="Title of the case"
        placeholder="Sex and age; no name"
        data-testid="library-title"
        value={title}
        onChange={(event) => setTitle(event.currentTarget.value)}
      />
      <TextInput
        size="xs"
        label="Where its files lie"
        placeholder="A note to yourself"
        data-testid="library-where"
        value={where}
        onChange={(event) => setWhere(event.currentTarget.value)}
      />
      <Button type="submit" size="xs" disabled={!isReady} data-testid="library-add">
        Add this scan
      </Button>
    </form>
  )
}
