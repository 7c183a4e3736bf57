import { Loader, UnstyledButton } from '@mantine/core'
import { IconAlertTriangle, IconFileMusic } from '@tabler/icons-react'
import { memo } from 'react'
import type { StudyPlace } from '../../domain/study/openStudy.ts'
import type { UtteranceItem } from '../../state/appState.ts'
import { useActions } from '../appContext.ts'
import { formatClock, formatDuration } from '../text/formatTime.ts'
import { CardButtons } from './CardButtons.tsx'
import styles from './dictation.module.css'
import { SaidChips } from './SaidChips.tsx'
import { Waveform } from './Waveform.tsx'

const VIEW_SHORT = { axial: 'Axial', coronal: 'Coronal', sagittal: 'Sagittal' } as const

/** A place in the case beside the study is named as one. */
const toPlaceText = ({ orientation, sliceNumber, studyId }: StudyPlace): string =>
  `${studyId === undefined ? '' : 'beside: '}${VIEW_SHORT[orientation]} ${sliceNumber}`

function Heard({ item }: { readonly item: UtteranceItem }) {
  if (item.phase === 'encoding') {
    return (
      <span className={styles.working}>
        <Loader size="0.75rem" /> Encoding
      </span>
    )
  }
  if (item.phase === 'failed') {
    return (
      <span className={styles.cardProblem} title={item.problem?.nextStep}>
        <IconAlertTriangle size="0.875rem" /> {item.problem?.message ?? 'It could not be encoded.'}
      </span>
    )
  }
  if (item.transcript === null) return <span className={styles.heardMark}>The pack gives no transcript</span>
  return (
    <span className={styles.transcript} title={item.transcript}>
      <span className={styles.heardMark}>as heard</span> {item.transcript || '(nothing legible)'}
    </span>
  )
}

interface UtteranceCardProps {
  readonly item: UtteranceItem
  readonly number: number
  readonly isSelected: boolean
}

/** One utterance: when, where, how it sounded, what was heard, what it says. A click shows its heat and similar cases. */
export const UtteranceCard = memo(function UtteranceCard({ item, number, isSelected }: UtteranceCardProps) {
  const actions = useActions()
  const { place } = item
  return (
    <li
      className={styles.card}
      data-testid={`utterance-${item.id}`}
      data-phase={item.phase}
      data-selected={isSelected}
      data-source={item.source}
      data-adopted={item.isAdopted}
    >
      <UnstyledButton
        className={styles.cardBody}
        aria-pressed={isSelected}
        aria-label={`Utterance ${number}${item.transcript ? `, heard: ${item.transcript}` : ''}`}
        onClick={() => actions.selectUtterance(item.id)}
      >
        <span className={styles.cardHead}>
          <strong>{number}</strong>
          <span>{formatClock(item.startMs)}</span>
          <span className={styles.dim}>{formatDuration(item.durationMs)}</span>
          {item.source === 'file' && <IconFileMusic size="0.8125rem" aria-label="From an audio file" />}
          {place && <span className={styles.place}>{toPlaceText(place)}</span>}
          {item.isAdopted && (
            <span title="It was kept under another name, and a person has said that it is of this scan">
              taken over
            </span>
          )}
        </span>
        <Waveform peaks={item.waveform} />
        <Heard item={item} />
        <SaidChips item={item} />
      </UnstyledButton>
      <CardButtons itemId={item.id} number={number} />
    </li>
  )
})
