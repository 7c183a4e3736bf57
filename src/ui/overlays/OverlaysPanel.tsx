import { ActionIcon, Slider, Tooltip } from '@mantine/core'
import { IconCurrentLocation, IconEye, IconEyeOff, IconX } from '@tabler/icons-react'
import type { OverlayItem, SegmentItem } from '../../state/overlaysState.ts'
import { useActions, useApp, useRead } from '../appContext.ts'
import { CommandIcon } from '../parts/CommandIcon.tsx'
import styles from './overlays.module.css'

function Segment({ id, segment }: { readonly id: string; readonly segment: SegmentItem }) {
  const { toggleSegment, showSegment } = useActions()
  const { label, ml, color, isVisible } = segment
  const verb = isVisible ? 'Hide' : 'Show'
  return (
    <li className={styles.entry} data-testid="segment" data-visible={isVisible}>
      <span className={styles.dot} style={{ background: `rgb(${color.join(' ')})` }} aria-hidden />
      <span className={styles.label} title={label}>
        {label}
      </span>
      <span className={styles.ml}>{ml !== null && `${ml < 10 ? ml.toFixed(2) : ml.toFixed(0)} ml`}</span>
      <Tooltip label={`${verb} ${label}`}>
        <ActionIcon
          variant="subtle"
          color="gray"
          size="sm"
          aria-label={`${verb} ${label}`}
          data-testid="segment-toggle"
          onClick={() => toggleSegment(id)}
        >
          {isVisible ? <IconEye size="0.875rem" /> : <IconEyeOff size="0.875rem" />}
        </ActionIcon>
      </Tooltip>
      <Tooltip label={`Go to ${label}`}>
        <ActionIcon
          variant="subtle"
          color="gray"
          size="sm"
          aria-label={`Go to ${label}`}
          data-testid="segment-show"
          onClick={() => showSegment(id)}
        >
          <IconCurrentLocation size="0.875rem" />
        </ActionIcon>
      </Tooltip>
    </li>
  )
}

function Overlay({ overlay: { id, kind, name, path, segments } }: { readonly overlay: OverlayItem }) {
  const { closeOverlay } = useActions()
  // Names of files may name the patient.
  const isIdentityShown = useApp((state) => state.view.isIdentityShown)
  const title = kind === 'label map' && !isIdentityShown ? 'Label map' : name || path
  return (
    <section aria-label={`${kind}: ${title}`}>
      <header className={styles.subhead}>
        <h3 title={isIdentityShown ? path : undefined}>{title}</h3>
        <Tooltip label={`Close this ${kind}`}>
          <ActionIcon
            variant="subtle"
            color="gray"
            size="sm"
            aria-label={`Close ${title}`}
            onClick={() => closeOverlay(id)}
          >
            <IconX size="0.875rem" />
          </ActionIcon>
        </Tooltip>
      </header>
      <ul className={styles.segments}>
        {segments.map((segment) => (
          <Segment key={segment.number} id={`${id}#${segment.number}`} segment={segment} />
        ))}
      </ul>
    </section>
  )
}

/** Segmentations over the study, each segment with its volume; nothing where there is none. */
export function OverlaysPanel() {
  const { setOverlayOpacity } = useActions()
  const items = useRead((study) => study.overlays.items)
  const opacity = useRead((study) => study.overlays.opacity)
  if (items.length === 0) return null
  return (
    <section className={styles.panel} aria-label="Overlays" data-testid="overlays">
      <header className={styles.head}>
        <h2>Overlays</h2>
        <Slider
          className={styles.opacity}
          size="xs"
          min={0}
          max={100}
          label={(percent) => `Fill ${percent} %`}
          thumbLabel="How strongly segments are filled"
          value={Math.round(100 * opacity)}
          onChange={(percent) => setOverlayOpacity(percent / 100)}
        />
        <CommandIcon command="overlays.toggleAll" size="sm">
          <IconEye size="0.875rem" />
        </CommandIcon>
      </header>
      <div className={styles.list}>
        {items.map((overlay) => (
          <Overlay key={overlay.id} overlay={overlay} />
        ))}
      </div>
    </section>
  )
}
