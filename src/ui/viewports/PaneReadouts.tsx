import type { Pane } from '../../domain/layout/layout.ts'
import { toObliqueText } from '../../domain/layout/obliqueText.ts'
import { SLAB_NAMES } from '../../domain/slab/slab.ts'
import { selectLayout } from '../../state/layoutSelectors.ts'
import { useApp, useReadout } from '../appContext.ts'
import { toPaneHandle } from '../parts/paneDrag.ts'
import { useCommand } from '../parts/useCommand.ts'
import { formatHu, formatPositionMm, formatSlicePositionMm, formatWindow } from '../text/formatCt.ts'
import { selectIsOutside, selectPaneLock, selectPaneRole } from '../text/formatPrior.ts'
import styles from './pane.module.css'
import { SlabControl } from './SlabControl.tsx'

interface PaneProps {
  readonly pane: Pane
}

function SliceNumber({ pane }: PaneProps) {
  const slice = useReadout(({ viewers }) => viewers[pane.study].slices[pane.id])
  if (!slice) return null
  return (
    <>
      <span data-testid={`slice-${pane.id}`}>{`${slice.number} / ${slice.count}`}</span>
      {slice.instanceNumber !== null && (
        <span className={styles.instance} data-testid={`instance-${pane.id}`} title="Instance Number of its DICOM file">
          {`inst. ${slice.instanceNumber}`}
        </span>
      )}
    </>
  )
}

/** A view that was turned says so; a click lays all along the patient again. */
function ObliqueLine({ pane }: PaneProps) {
  const text = useApp(({ view }) => toObliqueText(pane.plane, view.planes[pane.plane]))
  const command = useCommand('oblique.reset')
  if (text === null) return null
  return (
    <button
      type="button"
      className={styles.oblique}
      data-testid={`oblique-${pane.id}`}
      title={command.tip}
      aria-label={`${text}. ${command.title}`}
      onClick={command.run}
    >
      {text}
    </button>
  )
}

/** Said in words, too, for whoever does not see the hatching. */
function MissingLine({ pane }: PaneProps) {
  const slice = useReadout(({ viewers }) => viewers[pane.study].slices[pane.id])
  if (!slice?.isMissing && !slice?.missingOf) return null
  const { isMissing, missingOf } = slice
  return (
    <span className={styles.missing} data-testid={`missing-${pane.id}`}>
      {isMissing ? 'slice missing' : `${missingOf?.missing} of ${missingOf?.all} slices missing`}
    </span>
  )
}

/** Position and density under the pointer; while it is elsewhere, the position of the slice. */
function PointNumbers({ pane }: PaneProps) {
  const probe = useReadout(({ viewers }) => {
    const own = viewers[pane.study].probe
    return own?.paneId === pane.id ? own : null
  })
  const crosshair = useReadout(({ viewers }) => viewers[pane.study].crosshairLpsMm)
  const isTurned = useApp(({ view }) => toObliqueText(pane.plane, view.planes[pane.plane]) !== null)
  const mode = useApp(({ view }) => view.slabs[pane.id]?.mode)
  const suffix = mode && probe?.hu !== null ? ` ${SLAB_NAMES[mode].title}` : ''
  return (
    <div className={styles.bottomLeft}>
      {probe && (
        <span className={styles.hu} data-testid="hu">
          {probe.isMissing ? 'slice missing' : formatHu(probe.hu) + suffix}
        </span>
      )}
      {probe && <span>{`${formatPositionMm(probe.pointLpsMm)} mm`}</span>}
      {!probe && crosshair && (
        <span data-testid="pane-position">
          {`${isTurned ? formatPositionMm(crosshair) : formatSlicePositionMm(pane.plane, crosshair)} mm`}
        </span>
      )}
    </div>
  )
}

/** Whose picture it is, while two studies are compared. */
function RoleLine({ pane }: PaneProps) {
  const role = useApp((state) => selectPaneRole(state, pane.study))
  return (
    role !== null && (
      <span className={styles.role} data-role={pane.study} data-testid={`role-${pane.id}`}>
        {role}
      </span>
    )
  )
}

/** How the study beside is tied to the one being read. */
function LockLine({ pane }: PaneProps) {
  const lock = useApp((state) => selectPaneLock(state, pane.id))
  return lock !== null && <span className={styles.lock}>{lock}</span>
}

/** The edge of a scan must not be taken for the place that was asked for. */
function OutsideLine({ pane }: PaneProps) {
  const isOutside = useApp((state) => selectIsOutside(state, pane.study))
  return isOutside && <span className={styles.missing}>the place lies outside this scan</span>
}

/** The numbers in the corners of a view. */
export function PaneReadouts({ pane, name }: PaneProps & { readonly name: string }) {
  const isMixed = useApp((state) => selectLayout(state).isMixed === true)
  const own = useApp(({ view }) => view.ownWindows[pane.id])
  const shared = useApp(({ view }) => formatWindow(view.windowWidthHu, view.windowCenterHu))
  return (
    <div className={styles.readouts} data-over-image>
      <div className={styles.topLeft}>
        <div className={styles.nameLine}>
          <span className={styles.name} title="Drag onto another pane to swap" {...toPaneHandle(pane.id)}>
            {name}
          </span>
          {isMixed && pane.study === 'comparison' && <span className={styles.beside}>study beside</span>}
          <SliceNumber pane={pane} />
        </div>
        <ObliqueLine pane={pane} />
        <RoleLine pane={pane} />
        <LockLine pane={pane} />
        <OutsideLine pane={pane} />
        <span className={styles.window} data-own={own !== undefined}>
          {own ? `${formatWindow(own.widthHu, own.centerHu)} own` : shared}
        </span>
        <SlabControl pane={pane} name={name} />
        <MissingLine pane={pane} />
      </div>
      <PointNumbers pane={pane} />
    </div>
  )
}
