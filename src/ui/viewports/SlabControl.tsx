import { Button, Popover, SegmentedControl, Slider, Stack, TextInput, UnstyledButton } from '@mantine/core'
import { useEffect, useRef } from 'react'
import type { Pane } from '../../domain/layout/layout.ts'
import {
  formatSlab,
  LEAST_SLAB_MM,
  MOST_SLAB_MM,
  SLAB_MODES,
  SLAB_NAMES,
  SLAB_STEPS_MM,
  type Slab,
  toSlabMm,
} from '../../domain/slab/slab.ts'
import { useActions, useApp } from '../appContext.ts'
import styles from './pane.module.css'

const SLICE = 'slice'
const KINDS = [
  { value: SLICE, label: 'Slice' },
  ...SLAB_MODES.map((mode) => ({ value: mode, label: SLAB_NAMES[mode].title })),
]

interface SlabProps {
  readonly slab: Slab
  onChange(slab: Slab): void
}

/** Fine where slabs are thin: as the wheel steps. */
function ThicknessSlider({ slab, onChange }: SlabProps) {
  const at = SLAB_STEPS_MM.findLastIndex((mm) => mm <= slab.thicknessMm)
  return (
    <Slider
      min={0}
      max={SLAB_STEPS_MM.length - 1}
      value={Math.max(0, at)}
      label={(step) => `${SLAB_STEPS_MM[step]} mm`}
      thumbLabel="Thickness of the slab, in steps"
      onChange={(step) => onChange({ ...slab, thicknessMm: SLAB_STEPS_MM[step] })}
    />
  )
}

function ThicknessField({ slab, onChange }: SlabProps) {
  const commit = (text: string) => {
    const mm = Number(text)
    if (text.trim() !== '' && Number.isFinite(mm)) onChange({ ...slab, thicknessMm: toSlabMm(mm) })
  }
  const field = useRef<HTMLInputElement>(null)
  // The slider, the wheel and keys change it too; what is being typed keeps its field and the focus.
  useEffect(() => {
    if (field.current) field.current.value = String(slab.thicknessMm)
  }, [slab.thicknessMm])
  return (
    <TextInput
      ref={field}
      type="number"
      size="xs"
      label="Thickness, mm"
      min={LEAST_SLAB_MM}
      max={MOST_SLAB_MM}
      step="any"
      defaultValue={slab.thicknessMm}
      data-testid="slab-mm"
      onBlur={(event) => commit(event.currentTarget.value)}
      onKeyDown={(event) => event.key === 'Enter' && commit(event.currentTarget.value)}
    />
  )
}

function SlabSettings({ paneId }: { readonly paneId: string }) {
  const actions = useActions()
  const slab = useApp(({ view }) => view.slabs[paneId] ?? null)
  const last = useApp(({ view }) => view.lastSlab)
  const set = (next: Slab | null) => actions.setSlab(paneId, next)
  return (
    <Stack gap="xs">
      <SegmentedControl
        size="xs"
        aria-label="Slice or kind of slab"
        data={KINDS}
        value={slab?.mode ?? SLICE}
        onChange={(value) => {
          const mode = SLAB_MODES.find((one) => one === value)
          set(mode ? { ...(slab ?? last), mode } : null)
        }}
      />
      {slab && (
        <>
          <ThicknessField slab={slab} onChange={set} />
          <ThicknessSlider slab={slab} onChange={set} />
        </>
      )}
      <Button size="compact-xs" variant="default" onClick={() => actions.spreadSlab(paneId)}>
        The same in all views
      </Button>
    </Stack>
  )
}

/** What a view shows of the thickness of the patient, and where it is changed. */
export function SlabControl({ pane, name }: { readonly pane: Pane; readonly name: string }) {
  const slab = useApp(({ view }) => view.slabs[pane.id] ?? null)
  const text = slab ? formatSlab(slab) : 'Slice'
  return (
    <Popover width="17.5rem" position="bottom-start" shadow="md" withinPortal trapFocus>
      <Popover.Target>
        <UnstyledButton
          className={styles.slab}
          data-on={slab !== null}
          data-testid={`slab-${pane.id}`}
          aria-label={`${name} view: ${text}. Change the slab`}
          title="Slab: S, Shift+S, Alt and wheel"
        >
          {text}
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown>
        <SlabSettings paneId={pane.id} />
      </Popover.Dropdown>
    </Popover>
  )
}
