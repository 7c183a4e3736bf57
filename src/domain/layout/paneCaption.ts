import type { Orientation } from '../geometry/viewPlane.ts'
import type { OpenStudy } from '../study/openStudy.ts'
import type { SlicePosition } from './slicePosition.ts'

interface Captioned {
  readonly plane: Orientation
  /** How it was turned, in words; null: it was not. */
  readonly oblique: string | null
  readonly slice: Pick<SlicePosition, 'number' | 'count'> | undefined
  readonly widthHu: number
  readonly centerHu: number
  /** Named in the caption; null: the caption names nobody. */
  readonly named: Pick<OpenStudy, 'title' | 'identity'> | null
}

/** Lines that tell a picture of a pane by itself. */
export function toPaneCaption({ plane, oblique, slice, widthHu, centerHu, named }: Captioned): string[] {
  const name = [plane[0].toUpperCase() + plane.slice(1), oblique].filter(Boolean).join(', ')
  const { patientName, patientId, studyDate } = named?.identity ?? {}
  const who = named ? [patientName ?? patientId, studyDate, named.title].filter(Boolean).join(' · ') : ''
  return [
    slice ? `${name} ${slice.number} / ${slice.count}` : name,
    `W ${widthHu.toFixed(0)} L ${centerHu.toFixed(0).replace('-', '−')}`,
    ...(who ? [who] : []),
  ]
}
