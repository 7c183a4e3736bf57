import { ActionIcon, Tooltip, UnstyledButton } from '@mantine/core'
import { IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import type { KnownStudy } from '../../state/appState.ts'
import { selectWaiting } from '../../state/workListSelectors.ts'
import { useActions, useApp, useAppContext } from '../appContext.ts'
import { toListHandle } from '../parts/paneDrag.ts'
import { formatSeries } from '../text/formatIdentity.ts'
import { formatKept } from '../text/formatKept.ts'
import { StatusIcon, toStatusWord } from './StatusIcon.tsx'
import styles from './studies.module.css'

/** How its report stands, what a person does to go on with it, and what waits there. */
function toLine({ opensBy, subtitle, reportStatus }: KnownStudy, kept: string): string {
  const step = opensBy === 'files' ? 'drop its files again to go on' : subtitle
  const rest = [step, kept && `${kept} kept`].filter(Boolean).join(', ')
  return reportStatus === 'unread' ? rest : `${toStatusWord(reportStatus)} · ${rest}`
}

/** What is not wanted any more goes only when it is asked for twice. */
function ForgetButton({ study, title }: { readonly study: KnownStudy; readonly title: string }) {
  const actions = useActions()
  const [isAsked, setAsked] = useState(false)
  const what = [formatKept([study]), study.reportStatus === 'unread' ? '' : 'its report'].filter(Boolean).join(' and ')
  const unsigned = study.reportStatus === 'signed' || study.reportStatus === 'unread' ? '' : ', which is not signed'
  const label = isAsked ? `Delete ${what}${unsigned}? Press again` : `Delete what is kept of ${title}`
  return (
    <Tooltip label={label}>
      <ActionIcon
        size="sm"
        variant={isAsked ? 'filled' : 'subtle'}
        color={isAsked ? 'red' : 'gray'}
        aria-label={label}
        data-testid={`forget-${study.id}`}
        onClick={() => (isAsked ? actions.forgetStudy(study.id) : setAsked(true))}
        onBlur={() => setAsked(false)}
      >
        <IconTrash size="0.875rem" />
      </ActionIcon>
    </Tooltip>
  )
}

function KnownEntry({ study }: { readonly study: KnownStudy }) {
  const actions = useActions()
  const { inputs } = useAppContext()
  const { id, opensBy, reportStatus } = study
  const title = formatSeries(
    study,
    useApp((state) => state.view.isIdentityShown),
  )
  const open = () => (opensBy === 'files' ? inputs.files.current?.click() : actions.reopenStudy(id))
  return (
    <li className={styles.known}>
      <UnstyledButton
        className={`${styles.entry} ${styles.work}`}
        {...(opensBy !== 'files' && toListHandle('study', id))}
        data-testid={`recent-${id}`}
        data-opens-by={opensBy}
        data-status={reportStatus}
        onClick={open}
      >
        <StatusIcon status={reportStatus} isAside={reportStatus === 'unread'} />
        <span className={styles.workWords}>
          <span className={styles.entryTitle}>{title}</span>
          <span className={styles.entryText}>{toLine(study, formatKept([study]))}</span>
        </span>
      </UnstyledButton>
      {opensBy === 'files' && <ForgetButton study={study} title={title} />}
    </li>
  )
}

/** Studies of earlier visits where something waits. */
export function KnownList() {
  const waiting = useApp(selectWaiting)
  if (waiting.length === 0) return null
  return (
    <div className={styles.section}>
      <h3 className={styles.sectionTitle}>Kept from earlier visits</h3>
      <ul className={`${styles.list} ${styles.workEntries}`}>
        {waiting.map((study) => (
          <KnownEntry key={study.id} study={study} />
        ))}
      </ul>
    </div>
  )
}
