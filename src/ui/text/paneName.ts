import type { Orientation } from '../../domain/geometry/viewPlane.ts'
import type { Pane } from '../../domain/layout/layout.ts'

export const PLANE_NAMES: Readonly<Record<Orientation, string>> = {
  axial: 'Axial',
  coronal: 'Coronal',
  sagittal: 'Sagittal',
}

/** "Axial"; of several panes of one study and plane the second is "Axial 2". */
export function toPaneName({ id, study, plane }: Pane, panes: readonly Pane[]): string {
  const alike = panes.filter((pane) => pane.study === study && pane.plane === plane)
  const number = alike.findIndex((pane) => pane.id === id) + 1
  return number > 1 ? `${PLANE_NAMES[plane]} ${number}` : PLANE_NAMES[plane]
}
