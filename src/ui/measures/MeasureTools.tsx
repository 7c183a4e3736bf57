import {
  IconAngle,
  IconArrowUpLeft,
  IconCrosshair,
  IconDimensions,
  IconLasso,
  IconOvalVertical,
  IconRectangle,
  IconRuler2,
  IconTargetArrow,
} from '@tabler/icons-react'
import type { ComponentType } from 'react'
import { MEASURE_KINDS, type MeasureKind } from '../../domain/measure/measure.ts'
import { useApp } from '../appContext.ts'
import { CommandIcon } from '../parts/CommandIcon.tsx'
import styles from './measures.module.css'

const ICONS: Readonly<Record<MeasureKind, ComponentType<{ readonly size: string }>>> = {
  length: IconRuler2,
  bidirectional: IconDimensions,
  ellipse: IconOvalVertical,
  rectangle: IconRectangle,
  freehand: IconLasso,
  angle: IconAngle,
  probe: IconCrosshair,
  arrow: IconArrowUpLeft,
  nodule: IconTargetArrow,
}

function ToolButton({ kind }: { readonly kind: MeasureKind }) {
  const isActive = useApp((state) => state.view.tool === kind)
  const Icon = ICONS[kind]
  return (
    <CommandIcon
      command={`measure.${kind}`}
      aria-pressed={isActive}
      variant={isActive ? 'filled' : 'subtle'}
      color={isActive ? 'accent' : 'gray'}
      data-testid={`tool-${kind}`}
    >
      <Icon size="1.125rem" />
    </CommandIcon>
  )
}

/** What the pointer draws, beside the views. */
export const MeasureTools = () => (
  <fieldset className={styles.tools} aria-label="Measuring tools">
    {MEASURE_KINDS.map((kind) => (
      <ToolButton key={kind} kind={kind} />
    ))}
  </fieldset>
)
