import { ActionIcon, Menu, Tooltip } from '@mantine/core'
import {
  IconCrosshair,
  IconLock,
  IconLockOpen,
  IconLungs,
  IconPlayerStop,
  IconStack2,
  IconX,
} from '@tabler/icons-react'
import type { Comparable } from '../../domain/study/comparisons.ts'
import { selectComparisons } from '../../state/comparisonSelectors.ts'
import { selectComparison } from '../../state/selectors.ts'
import { useActions, useApp } from '../appContext.ts'
import { CommandIcon } from '../parts/CommandIcon.tsx'
import { formatSpacingMm } from '../text/formatCt.ts'
import { formatSeries } from '../text/formatIdentity.ts'
import { formatLock, formatLockShort, formatRelated, toKind } from '../text/formatPrior.ts'
import styles from './stage.module.css'

const toLine = ({ spacingMm, kernel, sliceCount }: Comparable): string =>
  [`${sliceCount} slices`, spacingMm && formatSpacingMm(spacingMm), kernel].filter(Boolean).join(' · ')

/** The other series of the study beside. */
function SeriesMenu() {
  const actions = useActions()
  const id = useApp(({ desk }) => desk.prior?.id ?? null)
  const series = useApp((state) => selectComparisons(state).find((study) => study.series.some((one) => one.id === id)))
  const isShown = useApp(({ view }) => view.isIdentityShown)
  if (!series || series.series.length < 2) return null
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <Tooltip label="Series of this study">
          <ActionIcon variant="subtle" color="gray" aria-label="Series of this study" data-testid="prior-series">
            <IconStack2 size="1rem" />
          </ActionIcon>
        </Tooltip>
      </Menu.Target>
      <Menu.Dropdown>
        {series.series.map((one) => (
          <Menu.Item
            key={one.id}
            aria-current={one.id === id}
            disabled={one.id === id}
            onClick={() => actions.compareWith(one.id)}
          >
            {formatSeries(one, isShown)}, {toLine(one)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}

/** How both are tied now, or how far their registration is. */
function LockLine() {
  const text = useApp(({ desk, view }) => (desk.prior ? formatLockShort(desk.prior, view.isScrollLinked) : ''))
  const long = useApp(({ desk, view }) => {
    if (!desk.prior) return ''
    return desk.prior.problem ?? formatLock(desk.prior, view.isScrollLinked)
  })
  return (
    <span className={styles.lock} role="status" title={long} data-testid="prior-lock-state">
      {text}
    </span>
  )
}

function LockButtons() {
  const isBusy = useApp(({ desk }) => (desk.prior?.progress ?? null) !== null)
  const lock = useApp(({ desk }) => desk.prior?.lock ?? 'none')
  return (
    <>
      {isBusy ? (
        <CommandIcon command="prior.cancel" data-testid="prior-register-cancel">
          <IconPlayerStop size="1rem" />
        </CommandIcon>
      ) : (
        <CommandIcon command="prior.register" aria-pressed={lock === 'registered'} data-testid="prior-register">
          <IconLungs size="1rem" />
        </CommandIcon>
      )}
      <CommandIcon command="prior.lock" aria-pressed={lock === 'offset'} data-testid="prior-lock">
        <IconLock size="1rem" />
      </CommandIcon>
      <CommandIcon command="prior.unlock" data-testid="prior-unlock">
        <IconLockOpen size="1rem" />
      </CommandIcon>
      <CommandIcon command="prior.place" data-testid="prior-place">
        <IconCrosshair size="1rem" />
      </CommandIcon>
    </>
  )
}

/** Title bar of a study that lies beside to be compared with. */
export function PriorBar() {
  const kind = useApp(({ desk }) => (desk.prior ? toKind(desk.prior) : 'Opening'))
  const related = useApp(({ desk, view }) => (desk.prior ? formatRelated(desk.prior, view.isIdentityShown) : ''))
  const study = useApp(selectComparison)
  const isShown = useApp(({ view }) => view.isIdentityShown)
  const title = study ? formatSeries(study, isShown) : ''
  const rest = related.slice(kind.length).replace(/^ · /, '')
  return (
    <div className={styles.bar} data-kind="comparison" data-testid="prior-bar">
      <span className={styles.barKind}>{kind}</span>
      <span className={styles.priorTitle} title={`${related} · ${title}`} data-testid="prior-title">
        {[rest, title].filter(Boolean).join(' · ')}
      </span>
      <LockLine />
      <SeriesMenu />
      <LockButtons />
      <CommandIcon command="prior.close" data-testid="prior-close">
        <IconX size="1rem" />
      </CommandIcon>
    </div>
  )
}
