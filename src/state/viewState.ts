import type { ViewPlanes } from '../domain/geometry/viewPlane.ts'
import type { ArrangedLayout, Situation } from '../domain/layout/arrangedLayout.ts'
import type { Ground } from '../domain/layout/ground.ts'
import type { Layout } from '../domain/layout/layout.ts'
import type { MouseBindings } from '../domain/layout/mouse.ts'
import type { MeasureKind } from '../domain/measure/measure.ts'
import type { Slab } from '../domain/slab/slab.ts'
import type { SolidLook, SolidStatus } from '../domain/solid/solidLook.ts'
import type { ColorMapId } from '../domain/volume/colorMaps.ts'
import type { Progress } from './progress.ts'

export interface ViewState {
  readonly windowPreset: string | null
  readonly windowWidthHu: number
  readonly windowCenterHu: number
  /** Panes that do not share it, by id. */
  readonly ownWindows: Readonly<Record<string, { readonly widthHu: number; readonly centerHu: number }>>
  /** What studies open in after a reload. */
  readonly openingWindow: { readonly widthHu: number; readonly centerHu: number }
  /** The panes of the study that is read; of a study beside it the same (selectLayout). */
  readonly layout: Layout
  /** What a person has chosen to see, by what lies on screen; `layout` is one of them. */
  readonly hanging: Readonly<Record<Situation, ArrangedLayout>>
  readonly activePaneId: string
  /** How the chest is looked at in space. */
  readonly solid: SolidLook
  readonly solidStatus: SolidStatus
  readonly heatOpacity: number
  /** Colours over the picture, or lines around the hottest places. */
  readonly heatStyle: 'fog' | 'contour'
  /** One pane large, or all. */
  readonly maximisedPaneId: string | null
  /** The planes that the panes of each orientation lie in, of both studies; turned with the lines of the crosshair. */
  readonly planes: ViewPlanes
  /** What panes show in place of slices, by pane. */
  readonly slabs: Readonly<Record<string, Slab>>
  /** The slab that was chosen last: what the next one begins with. */
  readonly lastSlab: Slab
  /** What the pointer does over the views of the study being read. */
  readonly tool: 'navigate' | 'place' | MeasureKind
  /** Lines of the crosshair: `auto` once it was pointed anywhere in this study. */
  readonly crosshair: 'auto' | 'on' | 'off'
  readonly isCrosshairPointed: boolean
  /** A case beside is scrolled with the study, and the study with it. */
  readonly isScrollLinked: boolean
  readonly mouse: MouseBindings
  readonly cine: { readonly isPlaying: boolean; readonly slicesPerSecond: number }
  /** The colours of bars and panels. */
  readonly ground: Ground
  /** A lens follows the pointer over the views. */
  readonly isMagnified: boolean
  /** How far a video of a view is; null: none is made. */
  readonly recording: Progress | null
  /** Dense is black. */
  readonly isInverted: boolean
  readonly colorMap: ColorMapId
  /** Nothing lies over the pictures. */
  readonly isBare: boolean
  /** Name, id and date of the patient are on screen. */
  readonly isIdentityShown: boolean
  /** Findings that nothing was said of are listed, once something was said of others. */
  readonly areOthersShown: boolean
  /** The window has no room for panels beside the views: they come as drawers over them, one at a time. */
  readonly isNarrow: boolean
  readonly drawer: 'studies' | 'findings' | null
  /** Why the last key did nothing; null once another has done something. */
  readonly hint: string | null
  /** Alerts that the safety net may offer for a report. */
  readonly alertBudget: number
  /** A report that is left without a signature is told of. */
  readonly isUnsignedTold: boolean
  /** What the right column holds. */
  readonly rightPanel: 'findings' | 'report'
  readonly panels: { readonly studies: boolean; readonly findings: boolean; readonly dictation: boolean }
}
