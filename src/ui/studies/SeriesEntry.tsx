import { UnstyledButton } from '@mantine/core'
import { IconPhotoOff, IconStack2 } from '@tabler/icons-react'
import type { KeyboardEvent } from 'react'
import { toStackText } from '../../domain/study/seriesName.ts'
import type { SeriesSummary } from '../../domain/volume/series.ts'
import { useActions, useApp, useRead } from '../appContext.ts'
import { toListHandle } from '../parts/paneDrag.ts'
import { formatSpacingMm } from '../text/formatCt.ts'
import { formatSeries } from '../text/formatIdentity.ts'
import styles from './series.module.css'

const ICON_SIZE = '1.125rem'

function Picture({ series }: { readonly series: SeriesSummary }) {
  const url = useApp(({ pictures }) => pictures.ofSeries[series.id])
  if (url) return <img className={styles.picture} src={url} alt="" draggable={false} data-testid="picture-of-series" />
  const Icon = series.labels ? IconStack2 : IconPhotoOff
  return (
    <span className={styles.picture}>{(series.labels || url === '') && <Icon size={ICON_SIZE} aria-hidden />}</span>
  )
}

/** All that is known of it, which a row has no room for. */
const toTip = ({ title, kind, kernel, spacingMm, reason }: SeriesSummary, name: string): string =>
  [name === title ? title : name, kind, spacingMm && formatSpacingMm(spacingMm), kernel, reason]
    .filter(Boolean)
    .join('\n')

const STEPS: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1 }

/** Arrows go from one series that can be opened to the next, over the heads of studies. */
function goOn(event: KeyboardEvent<HTMLButtonElement>): void {
  const step = STEPS[event.key]
  if (step === undefined) return
  const rows = [
    ...(event.currentTarget.closest('[data-owns-arrows]')?.querySelectorAll<HTMLElement>('button:enabled') ?? []),
  ]
  const next = rows[rows.indexOf(event.currentTarget) + step]
  event.preventDefault()
  next?.focus()
}

/** A series: its picture, what it is called, slices and their distance, kernel, and, where it is read or cannot be, why. */
export function SeriesEntry({ series }: { readonly series: SeriesSummary }) {
  const actions = useActions()
  const isIdentityShown = useApp((state) => state.view.isIdentityShown)
  const readId = useRead((read) => read.study?.seriesId ?? null)
  const besideId = useApp(({ studies, desk }) => studies[desk.comparisonId ?? '']?.study?.seriesId ?? null)
  const isOpening = useApp(({ desk }) => desk.openingSeriesId === series.id)
  const canOpen = series.chestScore > 0
  const isLaid = useRead((read) => read.overlays.items.some(({ id }) => id === series.id))
  const isRead = series.id === readId
  const name = formatSeries(series, isIdentityShown)
  const kind = series.kind === 'CT' ? null : series.kind
  const place = series.id === besideId ? 'Beside' : isLaid ? 'Laid over' : null
  const isReasonShown = isRead || !canOpen || series.labels !== undefined
  const open = () =>
    series.labels && readId !== null && !isRead ? actions.layLabelsOver(series.id) : actions.chooseSeries(series.id)
  return (
    <li>
      <UnstyledButton
        className={styles.entry}
        {...(canOpen && toListHandle('series', series.id))}
        disabled={!canOpen}
        aria-current={isRead}
        aria-busy={isOpening}
        data-beside={place !== null}
        data-testid={`series-${series.id}`}
        title={toTip(series, name)}
        onClick={open}
        onKeyDown={goOn}
      >
        {canOpen && <Picture series={series} />}
        <span className={styles.words}>
          <span className={styles.title}>{name}</span>
          <span className={styles.line}>
            {[kind, toStackText(series), series.kernel].filter(Boolean).join(' · ')}
            {place && <span className={styles.place}>{place}</span>}
          </span>
          {isReasonShown && <span className={styles.reason}>{series.reason}</span>}
        </span>
      </UnstyledButton>
    </li>
  )
}
