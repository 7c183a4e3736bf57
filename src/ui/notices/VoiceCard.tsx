import { ActionIcon, Button } from '@mantine/core'
import { IconCheck, IconMicrophone, IconQuestionMark, IconX } from '@tabler/icons-react'
import { useEffect } from 'react'
import { runEntry } from '../../commands/runEntry.ts'
import { findEntry } from '../../commands/table.ts'
import type { VoiceTold } from '../../state/appState.ts'
import { useActions, useApp, useAppContext } from '../appContext.ts'
import { CommandButton } from '../parts/CommandButton.tsx'
import { useKeyText } from '../parts/useCommand.ts'
import styles from './voice.module.css'
import { toVoiceText } from './voiceText.ts'

/** What was done goes by itself; a question stays until it is answered. */
const LASTS_MS = 8000

function Undo({ told }: { readonly told: VoiceTold }) {
  const { commands, actions } = useAppContext()
  if (told.kind !== 'done' || !told.undo) return null
  const { entryId, slots } = told.undo
  const undo = () => {
    actions.dismissVoice()
    runEntry(findEntry(entryId), commands, slots)
  }
  return (
    <Button size="compact-xs" variant="default" data-testid="voice-undo" onClick={undo}>
      Undo
    </Button>
  )
}

/** Answered by voice, by key or here. */
function Answers() {
  const actions = useActions()
  const yes = useKeyText('voice.yes', 'yes')
  return (
    <>
      <Button size="compact-xs" color="red" data-testid="voice-yes" onClick={() => actions.answerVoice(true)}>
        {`Yes (${yes})`}
      </Button>
      <Button size="compact-xs" variant="default" data-testid="voice-no" onClick={() => actions.answerVoice(false)}>
        No (Esc)
      </Button>
    </>
  )
}

const ICONS = { done: IconCheck, asked: IconQuestionMark } as const

/** What was understood of the last command by voice, and what came of it. */
export function VoiceCard() {
  const actions = useActions()
  const told = useApp((state) => state.voice.told)
  const isAsked = told?.kind === 'asked'
  const id = told?.id
  useEffect(() => {
    if (id === undefined || isAsked) return
    const timer = setTimeout(() => actions.dismissVoice(), LASTS_MS)
    return () => clearTimeout(timer)
  }, [id, isAsked, actions])
  if (!told) return null
  const Icon = told.kind === 'done' || told.kind === 'asked' ? ICONS[told.kind] : IconMicrophone
  return (
    <div className={styles.card} data-testid="voice-card" data-kind={told.kind}>
      <Icon className={styles.icon} size="1.125rem" aria-hidden />
      <div className={styles.text}>
        <div role={isAsked ? 'alert' : 'status'}>
          {told.heard !== '' && <p className={styles.heard}>{`Heard: “${told.heard}”`}</p>}
          <p className={styles.message}>{toVoiceText(told)}</p>
        </div>
        <div className={styles.buttons}>
          <Undo told={told} />
          {isAsked && <Answers />}
          {told.kind === 'unknown' && (
            <CommandButton command="voice.help" size="compact-xs">
              What can I say?
            </CommandButton>
          )}
        </div>
      </div>
      <ActionIcon size="sm" variant="subtle" color="gray" aria-label="Dismiss" onClick={() => actions.dismissVoice()}>
        <IconX size="0.875rem" />
      </ActionIcon>
    </div>
  )
}
