import { ActionIcon, Button } from '@mantine/core'
import { IconPencil, IconPlus, IconRestore, IconX } from '@tabler/icons-react'
import type { Entry } from '../../commands/command.ts'
import { isMac } from '../../commands/keys/isMac.ts'
import { keysOf, toKeymap } from '../../commands/keys/keymap.ts'
import { toKeyText } from '../../commands/keys/showKeys.ts'
import { useApp } from '../appContext.ts'
import { KeyCaps } from '../parts/KeyCaps.tsx'
import styles from './keys.module.css'
import type { Proposal } from './proposal.ts'

export type KeyRequest = 'change' | 'add' | 'none' | 'default'

interface KeyEntryProps {
  readonly entry: Entry
  /** It waits for the new key. */
  readonly isRecording: boolean
  /** What was pressed for it and needs an answer. */
  readonly proposal: Proposal | null
  onRequest(request: KeyRequest): void
  onAnswer(isTaken: boolean): void
}

function Question({ proposal, onAnswer }: { readonly proposal: Proposal; onAnswer(isTaken: boolean): void }) {
  const { losers, refusal, taken, entry } = proposal
  const names = losers.map(({ title }) => `“${title}”`).join(' and ')
  return (
    <div className={styles.question}>
      <p role="alert" data-testid={`key-conflict-${entry.id}`}>
        <KeyCaps name={taken[0]} /> {refusal ?? `runs ${names} now.`}
      </p>
      {refusal === null && (
        <Button size="compact-xs" data-testid="key-take" onClick={() => onAnswer(true)}>
          Take it from there
        </Button>
      )}
      <Button size="compact-xs" variant="default" autoFocus data-testid="key-leave" onClick={() => onAnswer(false)}>
        Leave it
      </Button>
    </div>
  )
}

/** The keys as caps; one that does not run the entry says why. */
function Caps({ entry }: { readonly entry: Entry }) {
  const keys = useApp((state) => state.keys)
  const names = keysOf(entry, keys)
  const whyNot = (name: string): string | null => {
    const runs = toKeymap(keys).get(name)
    if (runs === entry) return null
    return runs ? `runs “${runs.title}”` : 'off'
  }
  if (names.length === 0) return <span className={styles.none}>no key</span>
  return names.map((name) => (
    <span key={name} className={styles.cap}>
      <KeyCaps name={name} />
      {whyNot(name) && <span className={styles.off}>{whyNot(name)}</span>}
    </span>
  ))
}

/** An entry of the table of commands with its keys, and what can be done to them. */
export function KeyEntry({ entry, isRecording, proposal, onRequest, onAnswer }: KeyEntryProps) {
  const isChanged = useApp((state) => entry.id in state.keys.changed)
  const hasKeys = useApp((state) => keysOf(entry, state.keys).length > 0)
  const own = entry.keys.map((name) => toKeyText(name, isMac())).join(', ') || 'no key'
  const icon = (request: KeyRequest, label: string, Icon: typeof IconPlus) => (
    <ActionIcon
      variant="subtle"
      color="gray"
      size="sm"
      aria-label={`${label}: ${entry.title}`}
      title={label}
      data-testid={`key-${request}-${entry.id}`}
      onClick={() => onRequest(request)}
    >
      <Icon size="0.875rem" stroke={1.6} />
    </ActionIcon>
  )
  return (
    <li className={styles.entry} data-changed={isChanged} data-testid={`keys-of-${entry.id}`}>
      <span className={styles.title}>{entry.title}</span>
      <span className={styles.caps}>
        {isRecording ? (
          <span className={styles.recording} role="status">
            Press the new key; Esc leaves it
          </span>
        ) : (
          <Caps entry={entry} />
        )}
      </span>
      <span className={styles.tools}>
        {icon('change', 'Change the key', IconPencil)}
        {hasKeys && icon('add', 'Add another key', IconPlus)}
        {hasKeys && icon('none', 'Take the key away', IconX)}
        {isChanged && icon('default', `Back to ${own}`, IconRestore)}
      </span>
      {proposal && <Question proposal={proposal} onAnswer={onAnswer} />}
    </li>
  )
}
