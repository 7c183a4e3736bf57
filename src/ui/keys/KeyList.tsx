import { useState } from 'react'
import type { Entry } from '../../commands/command.ts'
import { ENTRIES, groupEntries } from '../../commands/table.ts'
import { useAppContext } from '../appContext.ts'
import { KeyEntry, type KeyRequest } from './KeyEntry.tsx'
import styles from './keys.module.css'
import { isFree, type Proposal, proposeDefault, proposeNone, proposePress, toChanged } from './proposal.ts'
import { useKeyRecorder } from './useKeyRecorder.ts'

interface Recording {
  readonly entry: Entry
  /** The key comes beside those that the entry has. */
  readonly isMore: boolean
}

const fits = ({ title, command }: Entry, filter: string): boolean =>
  `${title} ${command.group}`.toLowerCase().includes(filter.trim().toLowerCase())

/** Every entry of the table of commands with its keys. `onBusy`: a key press belongs to the list, Escape included. */
export function KeyList({ filter, onBusy }: { readonly filter: string; onBusy(isBusy: boolean): void }) {
  const { store, actions } = useAppContext()
  const [recording, setRecording] = useState<Recording | null>(null)
  const [proposal, setProposal] = useState<Proposal | null>(null)

  const record = (next: Recording | null) => {
    setRecording(next)
    onBusy(next !== null)
  }
  const take = (proposed: Proposal) => actions.setChangedKeys(toChanged(store.get().keys, proposed))
  const offer = (proposed: Proposal) => {
    record(null)
    if (isFree(proposed)) take(proposed)
    setProposal(isFree(proposed) ? null : proposed)
  }
  const onRequest = (entry: Entry, request: KeyRequest) => {
    setProposal(null)
    if (request === 'none') offer(proposeNone(store.get().keys, entry))
    else if (request === 'default') offer(proposeDefault(store.get().keys, entry))
    else record({ entry, isMore: request === 'add' })
  }
  const onAnswer = (proposed: Proposal, isTaken: boolean) => {
    if (isTaken) take(proposed)
    setProposal(null)
    document.querySelector<HTMLElement>(`[data-testid="key-change-${CSS.escape(proposed.entry.id)}"]`)?.focus()
  }
  useKeyRecorder(
    recording !== null,
    (names) => recording && offer(proposePress(store.get().keys, recording.entry, names, recording.isMore)),
    () => record(null),
  )
  return groupEntries(ENTRIES.filter((entry) => fits(entry, filter))).map(({ group, entries }) => (
    <section key={group} className={styles.group}>
      <h3 className={styles.groupTitle}>{group}</h3>
      <ul className={styles.list}>
        {entries.map((entry) => (
          <KeyEntry
            key={entry.id}
            entry={entry}
            isRecording={recording?.entry === entry}
            proposal={proposal?.entry === entry ? proposal : null}
            onRequest={(request) => onRequest(entry, request)}
            onAnswer={(isTaken) => proposal && onAnswer(proposal, isTaken)}
          />
        ))}
      </ul>
    </section>
  ))
}
