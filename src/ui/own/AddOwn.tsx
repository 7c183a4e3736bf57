import { Button, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { canMark, canType } from '../../commands/stateReads.ts'
import { parseSynonyms } from '../../domain/findings/taught/ownWords.ts'
import { useActions, useApp } from '../appContext.ts'
import { CommandButton } from '../parts/CommandButton.tsx'
import styles from './own.module.css'

/** A new finding: by a name and the first mark, or by a name alone. */
function AddByName() {
  const actions = useActions()
  const isReady = useApp(canMark)
  const [label, setLabel] = useState('')
  const [synonyms, setSynonyms] = useState('')
  const isNamed = label.trim() !== ''
  const done = () => {
    setLabel('')
    setSynonyms('')
  }
  const mark = (isPresent: boolean) => () => {
    actions.markScan({ label, synonyms: parseSynonyms(synonyms) }, isPresent)
    done()
  }
  const add = (event: FormEvent) => {
    event.preventDefault()
    if (!isNamed) return
    actions.addOwnFinding(label, parseSynonyms(synonyms))
    done()
  }
  return (
    <form className={styles.add} onSubmit={add}>
      <TextInput
        size="xs"
        label="A finding of yours"
        placeholder="Honeycombing"
        data-autofocus
        data-testid="own-name"
        value={label}
        onChange={(event) => setLabel(event.currentTarget.value)}
      />
      <TextInput
        size="xs"
        label="Also said as (commas between)"
        placeholder="honeycomb lung, honeycombed"
        data-testid="own-synonyms"
        value={synonyms}
        onChange={(event) => setSynonyms(event.currentTarget.value)}
      />
      <div className={styles.addButtons}>
        <Button size="xs" disabled={!isNamed || !isReady} onClick={mark(true)} data-testid="own-add-present">
          This scan shows it
        </Button>
        <Button
          size="xs"
          variant="default"
          disabled={!isNamed || !isReady}
          onClick={mark(false)}
          data-testid="own-add-absent"
        >
          It does not
        </Button>
        <Button type="submit" size="xs" variant="subtle" disabled={!isNamed} data-testid="own-add">
          Add only
        </Button>
      </div>
    </form>
  )
}

/** A row by words, in packs with a text tower. */
function AskByWords() {
  const actions = useActions()
  const isReady = useApp(canType)
  const [text, setText] = useState('')
  if (!isReady) return null
  const ask = (event: FormEvent) => {
    event.preventDefault()
    if (text.trim() === '') return
    actions.askForFinding(text)
    setText('')
  }
  return (
    <form className={styles.ask} onSubmit={ask}>
      <TextInput
        className={styles.askField}
        size="xs"
        label="Or a row by words alone (zero-shot)"
        placeholder="fluid in the left pleural space"
        data-testid="own-prompt"
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <Button type="submit" size="xs" variant="default" disabled={text.trim() === ''} data-testid="own-ask">
        Make a row
      </Button>
      <CommandButton command="own.askSaid" size="xs" variant="default" data-testid="own-ask-said">
        Of what was said last
      </CommandButton>
    </form>
  )
}

export const AddOwn = () => (
  <>
    <AddByName />
    <AskByWords />
  </>
)
