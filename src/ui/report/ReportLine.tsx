import { ActionIcon, Menu, Tooltip, UnstyledButton } from '@mantine/core'
import {
  IconAlertTriangle,
  IconArrowsSort,
  IconEyeCheck,
  IconKeyboard,
  IconMicrophone,
  IconPencil,
  IconRuler2,
  IconTemplate,
  IconTrash,
} from '@tabler/icons-react'
import { useState } from 'react'
import type { ReportSentence } from '../../domain/dictatedReport/reportEntry.ts'
import { REPORT_SECTIONS } from '../../domain/dictatedReport/reportSections.ts'
import { useActions, useRead } from '../appContext.ts'
import { formatProbability } from '../text/formatScore.ts'
import styles from './report.module.css'
import { SentenceEditor } from './SentenceEditor.tsx'

const ORIGINS = {
  said: { Icon: IconMicrophone, text: 'Dictated' },
  typed: { Icon: IconKeyboard, text: 'Typed' },
  template: { Icon: IconTemplate, text: 'From a template' },
  accepted: { Icon: IconEyeCheck, text: 'Seen by the model, accepted by the reader' },
  measured: { Icon: IconRuler2, text: 'Measured' },
} as const

/** Number of the utterance that a sentence was said in, from 1; null where it was not said. */
function useUtteranceNumber({ origin }: ReportSentence): number | null {
  const at = useRead(({ dictation }) =>
    origin.by === 'said' ? dictation.utterances.findIndex(({ id }) => id === origin.utteranceId) : -1,
  )
  return at < 0 ? null : at + 1
}

function toHow(origin: ReportSentence['origin']): string {
  if (origin.by === 'template') return `From the template “${origin.name}”`
  const { text } = ORIGINS[origin.by]
  return origin.by === 'accepted' ? `${text} (${formatProbability(origin.probability)})` : text
}

/** Why the sentence stands there, in words. */
function toSource({ origin, original, measureId }: ReportSentence, utterance: number | null): string {
  const isBound = origin.by === 'said' && measureId !== null
  const how = isBound ? `${toHow(origin)}, with the numbers of a measure` : toHow(origin)
  const where = utterance === null ? how : `${how}: utterance ${utterance}`
  return original === null ? where : `${where}. As it came: ${original}`
}

function toOutdated({ origin, original }: ReportSentence): string {
  if (origin.by === 'measured')
    return original === null ? 'The measure is no longer there' : `The measure is now: ${original}`
  return `The words have changed since: ${original ?? ''}`
}

/** Its source as a sign, and its place in the report, by which it can be called, that leads there: to what was said, with its heat and views, or to the measure. */
function SourceButton({ sentence, place }: { readonly sentence: ReportSentence; readonly place: number }) {
  const { showSentence } = useActions()
  const number = useUtteranceNumber(sentence)
  const { Icon } = ORIGINS[sentence.origin.by]
  const leads = sentence.origin.by === 'said' || sentence.origin.by === 'measured'
  const source = toSource(sentence, number)
  return (
    <Tooltip label={source} multiline maw="22rem" withinPortal>
      <UnstyledButton
        className={styles.source}
        aria-label={leads ? `Show where it came from. ${source}` : source}
        disabled={!leads}
        data-testid="sentence-source"
        onClick={() => showSentence(sentence.id)}
      >
        <Icon size="0.8125rem" stroke={1.6} />
        {place}
      </UnstyledButton>
    </Tooltip>
  )
}

function LineButtons({ sentence, onEdit }: { readonly sentence: ReportSentence; readonly onEdit: () => void }) {
  const { moveSentence, removeSentence } = useActions()
  const { id, text, section } = sentence
  return (
    <span className={styles.buttons}>
      <ActionIcon variant="subtle" color="gray" size="sm" aria-label={`Change “${text}”`} onClick={onEdit}>
        <IconPencil size="0.875rem" />
      </ActionIcon>
      <Menu position="bottom-end" shadow="md" withinPortal>
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" size="sm" aria-label={`Move “${text}” to another section`}>
            <IconArrowsSort size="0.875rem" />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {REPORT_SECTIONS.map((one) => (
            <Menu.Item key={one.id} disabled={one.id === section} onClick={() => moveSentence(id, one.id)}>
              {one.title}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      <ActionIcon
        variant="subtle"
        color="gray"
        size="sm"
        aria-label={`Remove “${text}” from the report`}
        onClick={() => removeSentence(id)}
      >
        <IconTrash size="0.875rem" />
      </ActionIcon>
    </span>
  )
}

/** One sentence, the `place`th of the report: its source, its words, which a double click changes, and what can be done with it. */
export function ReportLine({ sentence, place }: { readonly sentence: ReportSentence; readonly place: number }) {
  const [isEdited, setEdited] = useState(false)
  const { id, text, origin, original, isOutdated } = sentence
  return (
    <li className={styles.line} data-testid="report-sentence" data-origin={origin.by} data-changed={original !== null}>
      <SourceButton sentence={sentence} place={place} />
      {isEdited ? (
        <SentenceEditor sentence={sentence} onClose={() => setEdited(false)} />
      ) : (
        // biome-ignore lint/a11y/noStaticElementInteractions: the pencil is the keyboard's way to change it
        <span className={styles.text} data-testid={`sentence-${id}`} onDoubleClick={() => setEdited(true)}>
          {text}
          {isOutdated && (
            <Tooltip label={toOutdated(sentence)} multiline maw="22rem" withinPortal>
              <span className={styles.outdated} role="img" aria-label={toOutdated(sentence)}>
                <IconAlertTriangle size="0.875rem" />
              </span>
            </Tooltip>
          )}
        </span>
      )}
      {!isEdited && <LineButtons sentence={sentence} onEdit={() => setEdited(true)} />}
    </li>
  )
}
