import { Menu } from '@mantine/core'
import { IconChevronDown, IconRestore } from '@tabler/icons-react'
import { type CSSProperties, type KeyboardEvent, useEffect, useRef } from 'react'
import { type Place, SOLID_PANE_ID } from '../../domain/layout/layout.ts'
import { findSolidPreset, SOLID_PRESETS } from '../../domain/solid/solidPresets.ts'
import { useActions, useApp, useAppContext, useRead } from '../appContext.ts'
import { CommandIcon } from '../parts/CommandIcon.tsx'
import { toPaneHandle, usePaneDrop } from '../parts/paneDrag.ts'
import { MaximiseButton } from './MaximiseButton.tsx'
import pane from './pane.module.css'
import { SolidCrop } from './SolidCrop.tsx'
import { SolidLetters } from './SolidLetters.tsx'
import styles from './solid.module.css'

const STEP_DEG = 10
const TURNS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [STEP_DEG, 0],
  ArrowRight: [-STEP_DEG, 0],
  ArrowUp: [0, STEP_DEG],
  ArrowDown: [0, -STEP_DEG],
}

function PresetMenu() {
  const actions = useActions()
  const presetId = useApp((state) => state.view.solid.presetId)
  return (
    <Menu position="bottom-start" shadow="md" withinPortal>
      <Menu.Target>
        <button type="button" className={styles.preset} data-testid="solid-preset">
          {findSolidPreset(presetId).label} <IconChevronDown size="0.75rem" />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.RadioGroup value={presetId} onChange={(id) => actions.changeSolid({ presetId: id })}>
          {SOLID_PRESETS.map(({ id, label }) => (
            <Menu.RadioItem key={id} value={id} closeMenuOnClick>
              {label}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
      </Menu.Dropdown>
    </Menu>
  )
}

/** Why nothing is drawn, or that it is under way. */
function StatusLine() {
  const status = useApp((state) => state.view.solidStatus)
  if (status.kind === 'working') return <p className={styles.status}>Preparing 3-D …</p>
  if (status.kind !== 'off') return null
  return (
    <p className={styles.status} role="alert" data-testid="solid-off">
      3-D is not there: {status.reason}. The planes are not touched by it.
    </p>
  )
}

function useSolidPlace(isLarge: boolean) {
  const { viewers, actions } = useAppContext()
  const place = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (place.current) viewers.solid.attach(place.current)
    return () => viewers.solid.detach()
  }, [viewers])
  useEffect(() => {
    const element = place.current
    const toggle = () => actions.maximisePane(isLarge ? null : SOLID_PANE_ID)
    element?.addEventListener('dblclick', toggle)
    return () => element?.removeEventListener('dblclick', toggle)
  }, [actions, isLarge])
  return place
}

/** The chest in space: turned by dragging or, with the focus, by arrows. */
export function SolidPane({ at, isLarge }: { readonly at: Place; readonly isLarge: boolean }) {
  const actions = useActions()
  const place = useSolidPlace(isLarge)
  const drop = usePaneDrop(SOLID_PANE_ID)
  const hasStudy = useRead(({ study }) => study !== null)
  const kind = useApp((state) => state.view.solidStatus.kind)
  const onKeyDown = (event: KeyboardEvent) => {
    const by = TURNS[event.key]
    if (!by || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return
    event.preventDefault()
    event.stopPropagation()
    actions.turnSolid(...by)
  }
  return (
    <section
      {...drop}
      className={pane.pane}
      data-ground="dark"
      style={{ '--wide': at.wide, '--narrow': at.narrow } as CSSProperties}
      aria-label="3-D view"
      data-testid="viewport-solid"
      data-status={kind}
    >
      <div
        ref={place}
        role="application"
        aria-label="3-D picture: arrows turn it"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: arrows turn the picture that has the focus
        tabIndex={0}
        className={pane.place}
        onKeyDown={onKeyDown}
      />
      {hasStudy && (
        <>
          <StatusLine />
          <div className={styles.head} data-over-image>
            <span className={pane.name} title="Drag onto another pane to swap" {...toPaneHandle(SOLID_PANE_ID)}>
              3-D
            </span>
            <PresetMenu />
          </div>
          <div data-over-image>
            <SolidLetters />
          </div>
          <div className={pane.corner} data-over-image>
            <SolidCrop />
            <CommandIcon command="solid.reset" size="sm" variant="default">
              <IconRestore size="0.875rem" />
            </CommandIcon>
            <MaximiseButton paneId={SOLID_PANE_ID} name="3-D" isLarge={isLarge} />
          </div>
        </>
      )}
    </section>
  )
}
