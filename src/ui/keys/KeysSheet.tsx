import { Button, FileButton, Modal, Switch, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useActions, useApp, useAppContext, useDialogs } from '../appContext.ts'
import { CommandButton } from '../parts/CommandButton.tsx'
import { KeyList } from './KeyList.tsx'
import styles from './keys.module.css'
import { MouseSection } from './MouseSection.tsx'

/** For whoever has software that types into the page what is said or done elsewhere. */
function SinglesSwitch() {
  const actions = useActions()
  const areOn = useApp((state) => state.keys.singleCharacters)
  return (
    <Switch
      className={styles.switch}
      checked={areOn}
      onChange={(event) => actions.setSingleCharacters(event.currentTarget.checked)}
      label="Single letters, digits and signs are keys"
      description="Switch this off if dictation or voice control software types into this page, or if you press keys by accident: then only keys with Ctrl, Alt or Cmd, function keys, arrows, Space, Esc and the like do anything. Space is held to talk as before, but not between typed characters; if the software begins with a blank, give “Hold to talk” another key."
      data-testid="single-characters"
    />
  )
}

/** Begins an utterance of dictation that is a command. */
function LeadingWord() {
  const actions = useActions()
  const word = useApp((state) => state.voice.leadingWord)
  return (
    <TextInput
      className={styles.switch}
      key={word}
      label="Leading word of a command"
      description="An utterance of dictation that begins with it is a command, and no word of it is kept. Choose one that no report begins with; empty: only the command key and command mode take commands. With “sleep” and “wake up” behind it hands-free listening sleeps and wakes."
      defaultValue={word}
      placeholder="none"
      onBlur={(event) => actions.setLeadingWord(event.currentTarget.value)}
      onKeyDown={(event) => event.key === 'Enter' && event.currentTarget.blur()}
      data-testid="leading-word"
    />
  )
}

function Foot() {
  const actions = useActions()
  return (
    <div className={styles.foot}>
      <CommandButton command="keys.export" size="xs">
        Export
      </CommandButton>
      <FileButton accept="application/json,.json" onChange={(file) => file && actions.importKeys(file)}>
        {(props) => (
          <Button {...props} size="xs" variant="default">
            Import
          </Button>
        )}
      </FileButton>
      <span className={styles.space} />
      <CommandButton command="keys.reset" size="xs" data-testid="keys-reset" />
    </div>
  )
}

/** Which key runs what: to be changed, added, taken away, exported and reset. */
export function KeysSheet() {
  const { dialogs } = useAppContext()
  const isOpen = useDialogs((state) => state.open === 'keys')
  const isAsked = useDialogs((state) => state.question !== null)
  const [isBusy, setBusy] = useState(false)
  const [filter, setFilter] = useState('')
  return (
    <Modal
      opened={isOpen}
      onClose={() => dialogs.show(null)}
      closeOnEscape={!isBusy && !isAsked}
      title="Keys, mouse and voice"
      size="48rem"
      data-testid="keys-sheet"
    >
      <MouseSection />
      <SinglesSwitch />
      <LeadingWord />
      <input
        className={styles.filter}
        type="search"
        aria-label="Find a command"
        placeholder="Find a command"
        data-autofocus
        value={filter}
        onChange={(event) => setFilter(event.currentTarget.value)}
      />
      <KeyList filter={filter} onBusy={setBusy} />
      <Foot />
    </Modal>
  )
}
