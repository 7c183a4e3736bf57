import { ActionIcon, Tooltip, UnstyledButton } from '@mantine/core'
import { IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import type { KnownStudy } from '../../state/appState.ts'
import { useActions, useApp, useAppContext } from '../appContext.ts'
import { toListHandle } from '../parts/paneDrag.ts'
import { formatSeries } from '../text/formatIdentity.ts'
import styles from './studies.module.css'

type Kept = Pick<KnownStudy, 'utteranceCount' | 'measureCount' | 'keyImageCount'>

const countOf = (count: number, one: string): string => (count === 0 ? '' : `${count} ${one}${count === 1 ? '' : 's'}`)

/** "2 sentences, 1 measure"; empty where nothing is kept. */
const formatKept = ({ utteranceCount, measureCount, keyImageCount }: Kept): string =>
  [countOf(utteranceCount, 'sentence'), countOf(measureCount, 'measure'), countOf(keyImageCount, 'key image')]
    .filter(Boolean)
    .join(', ')

/** What a person does to go on with it, and what waits there. */
function toLine({ opensBy, subtitle }: KnownStudy, kept: string): string {
  const step = opensBy === 'files' ? 'drop its files again to go on' : subtitle
  return [step, kept && `${kept} kept`].filter(Boolean).join(', ')
}

/** What is not wanted any more goes only when it is asked for twice. */
function ForgetButton({ study, title }: { readonly study: KnownStudy; readonly title: string }) {
  const actions = useActions()
  const [isAsked, setAsked] = useState(false)
  const label = isAsked ? `Delete ${formatKept(study)}? Press again` : `Delete what is kept of ${title}`
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

function KnownEntry({ study, isRead }: { readonly study: KnownStudy; readonly isRead: boolean }) {
  const actions = useActions()
  const { inputs } = useAppContext()
  const { id, opensBy } = study
  const title = formatSeries(
    study,
    useApp((state) => state.view.isIdentityShown),
  )
  // An open study knows better than the list, which is made when studies change.
  const kept = useApp(({ studies }) => {
    const { dictation, measures, keyImages } = studies[id] ?? {}
    return formatKept({
      utteranceCount: dictation?.utterances.length ?? study.utteranceCount,
      measureCount: measures?.items.length ?? study.measureCount,
      keyImageCount: keyImages?.items.length ?? study.keyImageCount,
    })
  })
  const open = () => (opensBy === 'files' ? inputs.files.current?.click() : actions.reopenStudy(id))
  return (
    <li className={styles.known}>
      <UnstyledButton
        className={styles.entry}
        {...(opensBy !== 'files' && toListHandle('study', id))}
        aria-current={isRead}
        data-testid={`recent-${id}`}
        data-opens-by={opensBy}
        onClick={open}
      >
        <span className={styles.entryTitle}>{title}</span>
        <span className={styles.entryText}>{toLine(study, kept)}</span>
      </UnstyledButton>
      {opensBy === 'files' && kept !== '' && <ForgetButton study={study} title={title} />}
    </li>
  )
}

/** Studies of this visit, and those of earlier ones where something waits. */
export function KnownList() {
  const known = useApp((state) => state.desk.known)
  const readId = useApp((state) => state.desk.readId)
  const isStorageLasting = useApp((state) => state.desk.isStorageLasting)
  if (known.length === 0) return null
  return (
    <div className={styles.section}>
      <h3 className={styles.sectionTitle}>This visit</h3>
      <ul className={styles.list}>
        {known.map((study) => (
          <KnownEntry key={study.id} study={study} isRead={study.id === readId} />
        ))}
      </ul>
      {isStorageLasting === false && (
        <p className={`${styles.dropHint} ${styles.passing}`} data-testid="storage-passing">
          The browser may clear what is kept here when the disk is nearly full: export what must not be lost.
        </p>
      )}
    </div>
  )
}
