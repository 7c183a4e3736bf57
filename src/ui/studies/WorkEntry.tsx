import { UnstyledButton } from '@mantine/core'
import { useEffect, useRef } from 'react'
import { formatStudyDate } from '../../domain/study/studyMoment.ts'
import type { WorkEntry as Entry } from '../../domain/study/workList.ts'
import { useActions, useApp } from '../appContext.ts'
import { toListHandle } from '../parts/paneDrag.ts'
import { formatName, formatSeries } from '../text/formatIdentity.ts'
import { formatKept, type KeptCounts } from '../text/formatKept.ts'
import { StatusIcon, toStatusWord } from './StatusIcon.tsx'
import styles from './studies.module.css'

interface WorkEntryProps {
  readonly entry: Entry
  /** Its place in the list, from 1. */
  readonly number: number
}

/** Who and when as far as that is shown, then what it is called. */
function useTitle({ series, read }: Entry, number: number): { readonly title: string; readonly subtitle: string } {
  const isShown = useApp(({ view }) => view.isIdentityShown)
  const opened = useApp(({ studies }) => studies[read[0]?.studyId ?? '']?.study ?? null)
  const named = opened ?? series[0]
  const { identity } = named
  const name = formatSeries(named, isShown)
  const person = isShown ? [formatName(identity), formatStudyDate(identity?.studyDate ?? null)].filter(Boolean) : []
  if (identity === null) return { title: name, subtitle: '' }
  return {
    title: person.join(' · ') || `Study ${number}`,
    subtitle: identity.studyDescription ? `${identity.studyDescription} · ${name}` : name,
  }
}

/** What is kept of all that was read of it. */
function useKept({ read }: Entry): string {
  return useApp(({ studies, desk }) => {
    const counts = read.map(({ studyId }): KeptCounts => {
      const known = desk.known.find(({ id }) => id === studyId)
      // An open study knows better than the list, which is made when studies change.
      const { dictation, measures, keyImages } = studies[studyId] ?? {}
      return {
        utteranceCount: dictation?.utterances.length ?? known?.utteranceCount ?? 0,
        measureCount: measures?.items.length ?? known?.measureCount ?? 0,
        keyImageCount: keyImages?.items.length ?? known?.keyImageCount ?? 0,
      }
    })
    return formatKept(counts)
  })
}

/** An examination of this visit: whose, what, how its report stands; a click goes on with it. */
export function WorkEntry({ entry, number }: WorkEntryProps) {
  const actions = useActions()
  const button = useRef<HTMLButtonElement>(null)
  const isRead = useApp(({ desk }) => entry.read.some(({ studyId }) => studyId === desk.readId))
  const isOpening = useApp(({ desk }) => entry.series.some(({ id }) => id === desk.openingSeriesId))
  const { title, subtitle } = useTitle(entry, number)
  const kept = useKept(entry)
  const { id, read, series, status, isAside } = entry
  const state = isAside && series.length > 0 ? 'Prior' : isAside ? '' : toStatusWord(status)
  useEffect(() => {
    if (isRead) button.current?.scrollIntoView({ block: 'nearest' })
  }, [isRead])
  const handle = read[0] ? toListHandle('study', read[0].studyId) : toListHandle('series', series[0].id)
  const line = [state, subtitle, kept && `${kept} kept`].filter(Boolean).join(' · ')
  return (
    <li>
      <UnstyledButton
        ref={button}
        className={`${styles.entry} ${styles.work}`}
        {...handle}
        aria-current={isRead}
        aria-busy={isOpening}
        data-testid={`recent-${read[0]?.studyId ?? series[0].id}`}
        data-status={isAside ? 'aside' : status}
        title={[title, line].join('\n')}
        onClick={() => (isRead && read[0] ? actions.reopenStudy(read[0].studyId) : actions.openWork(id))}
      >
        <StatusIcon status={status} isAside={isAside} />
        <span className={styles.workWords}>
          <span className={styles.entryTitle}>{title}</span>
          <span className={styles.entryText}>{line}</span>
        </span>
      </UnstyledButton>
    </li>
  )
}
