import type { Orientation } from '../domain/geometry/viewPlane.ts'

/** The study being read, and the similar case beside it. */
export type ViewerName = 'current' | 'comparison'

export interface ViewState {
  readonly windowPreset: string | null
  readonly windowWidthHu: number
  readonly windowCenterHu: number
  readonly activeViewer: ViewerName
  readonly activeOrientation: Orientation
  readonly heatOpacity: number
  /** One viewport shown large, or all three. */
  readonly maximised: Orientation | null
  /** The lines of the crosshair are drawn. */
  readonly isCrosshairShown: boolean
  /** Name, id and date of the patient are on screen. */
  readonly isIdentityShown: boolean
  readonly panels: { readonly studies: boolean; readonly findings: boolean; readonly dictation: boolean }
}
