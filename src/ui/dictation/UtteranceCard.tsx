import { UnstyledButton } from '@mantine/core'
import { IconFileMusic } from '@tabler/icons-react'
import { memo, useEffect, useRef } from 'react'
import { isDoubtful } from '../../domain/speech/doubtfulWords.ts'
import type { StudyPlace } from '../../domain/study/openStudy.ts'
import type { UtteranceItem } from '../../state/appState.ts'
import { toValidStatements } from '../../state/selectors.ts'
import { useActions, useDialogs } from '../appContext.ts'
import { useFindingLabel } from '../text/findingLabel.ts'
import { formatClock, formatDuration } from '../text/formatTime.ts'
import { formatWhere } from '../text/statementText.ts'
import { CardButtons } from './CardButtons.tsx'
import { toCardWidthRem } from './cardWidth.ts'
import styles from './dictation.module.css'
import { HeardText } from './HeardText.tsx'
import { SaidChips } from './SaidChips.tsx'
import { TextEditor } from './TextEditor.tsx'
import { useOverflow } from './useOverflow.ts'
import { Waveform } from './Waveform.tsx'

const VIEW_SHORT = { axial: 'Axial', coronal: 'Coronal', sagittal: 'Sagittal' } as const

/** A place in the case beside the study is named as one. */
const toPlaceText = ({ orientation, sliceNumber, studyId }: StudyPlace): string =>
  `${studyId === undefined ? '' : 'beside: '}${VIEW_SHORT[orientation]} ${sliceNumber ?? ''}`.trimEnd()

const toText = ({ edits, transcript }: UtteranceItem): string => edits.text ?? transcript ?? ''

/** Which words are marked, for those who don't see the marks. */
function toDoubtfulText({ edits, words }: UtteranceItem): string {
  const doubtful = edits.text === null ? (words ?? []).filter(isDoubtful) : []
  return doubtful.length === 0 ? '' : ` Heard doubtfully: ${doubtful.map(({ text }) => text).join(' ')}`
}

const RECOVERED = 'Recovered: the tab ended while you spoke. The last moment may be missing.'

interface UtteranceCardProps {
  readonly item: UtteranceItem
  readonly number: number
  readonly isSelected: boolean
}

/** When and where it was said, and how it sounded: what is pressed to show its heat and similar cases. */
function CardHead({ item, number, isSelected }: UtteranceCardProps) {
  const actions = useActions()
  const { place } = item
  const text = toText(item)
  const doubtful = toDoubtfulText(item)
  return (
    <UnstyledButton
      className={styles.cardBody}
      aria-pressed={isSelected}
      aria-label={`Utterance ${number}${item.isRecovered ? ', recovered' : ''}${text ? `, ${item.edits.text === null ? 'heard' : 'corrected'}: ${text}` : ''}${doubtful}`}
      onClick={() => actions.selectUtterance(item.id)}
    >
      <span className={styles.cardHead}>
        <strong>{number}</strong>
        <span>{formatClock(item.startMs)}</span>
        <span className={styles.dim}>{formatDuration(item.durationMs)}</span>
        {item.source === 'file' && <IconFileMusic size="0.8125rem" aria-label="From an audio file" />}
        {place && <span className={styles.place}>{toPlaceText(place)}</span>}
        {item.isAdopted && (
          <span title="It was kept under another name, and a person has said that it is of this scan">taken over</span>
        )}
      </span>
      <Waveform peaks={item.waveform} />
    </UnstyledButton>
  )
}

/** The words, read in full: what does not fit is scrolled, by the keyboard too. A click anywhere on them is one on the head. */
function CardText({ item, number }: Pick<UtteranceCardProps, 'item' | 'number'>) {
  const actions = useActions()
  const [text, isOver] = useOverflow<HTMLDivElement>()
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions lint/a11y/useKeyWithClickEvents: the head is the keyboard's way to select
    <div
      ref={text}
      className={styles.transcript}
      {...(isOver && { tabIndex: 0, role: 'group', 'aria-label': `Text of utterance ${number}` })}
      data-owns-arrows={isOver || undefined}
      onClick={() => actions.selectUtterance(item.id)}
    >
      {item.isRecovered && (
        <>
          <span className={styles.textMark} title={RECOVERED} data-testid="recovered">
            recovered
          </span>{' '}
        </>
      )}
      <HeardText item={item} />
    </div>
  )
}

/** One utterance: when, where, how it sounded, what was heard, what it says. A click shows its heat and similar cases. */
export const UtteranceCard = memo(function UtteranceCard(props: UtteranceCardProps) {
  const { item, number, isSelected } = props
  const toLabel = useFindingLabel()
  const card = useRef<HTMLLIElement>(null)
  useEffect(() => {
    if (isSelected) card.current?.scrollIntoView({ inline: 'nearest', block: 'nearest' })
  }, [isSelected])
  const isEdited = useDialogs(({ editing }) => editing === item.id)
  const chips = toValidStatements(item).map((one) => [toLabel(one.findingId), formatWhere(one)].join(' · '))
  return (
    <li
      ref={card}
      className={styles.card}
      style={{ width: `${toCardWidthRem(toText(item), chips)}rem` }}
      data-testid={`utterance-${item.id}`}
      data-phase={item.phase}
      data-selected={isSelected}
      data-source={item.source}
      data-adopted={item.isAdopted}
    >
      <CardHead {...props} />
      {isEdited ? (
        <TextEditor item={item} number={number} />
      ) : (
        <>
          <CardText item={item} number={number} />
          <SaidChips item={item} number={number} />
        </>
      )}
      <CardButtons itemId={item.id} number={number} />
    </li>
  )
})
