import { createStore, type StoreApi } from 'zustand/vanilla'
import type { StudyRole } from '../domain/layout/layout.ts'
import type { Probe } from '../domain/layout/probe.ts'
import type { SlicePosition } from '../domain/layout/slicePosition.ts'
import type { Vec3 } from '../domain/volume/volume.ts'

export interface ViewerReadout {
  /** By pane; a pane that has shown nothing has none. */
  readonly slices: Readonly<Record<string, SlicePosition | undefined>>
  readonly probe: Probe | null
  readonly crosshairLpsMm: Vec3 | null
}

export interface ReadoutState {
  readonly viewers: Readonly<Record<StudyRole, ViewerReadout>>
  /** Level of the microphone 0…1. */
  readonly level: number
}

/** Numbers that change many times a second, apart from the app's state: only the leaf that shows one hears of it. */
export interface Readout extends StoreApi<ReadoutState> {
  setSlice(viewer: StudyRole, paneId: string, slice: SlicePosition): void
  setProbe(viewer: StudyRole, probe: Probe | null): void
  setCrosshair(viewer: StudyRole, crosshairLpsMm: Vec3 | null): void
  setLevel(level: number): void
  /** Forgets a viewer's numbers when its study is closed. */
  clear(viewer: StudyRole): void
}

const EMPTY: ViewerReadout = {
  slices: {},
  probe: null,
  crosshairLpsMm: null,
}

export function createReadout(): Readout {
  const api = createStore<ReadoutState>(() => ({ viewers: { current: EMPTY, comparison: EMPTY }, level: 0 }))
  const change = (viewer: StudyRole, next: Partial<ViewerReadout>) =>
    api.setState(({ viewers }) => ({ viewers: { ...viewers, [viewer]: { ...viewers[viewer], ...next } } }))
  return {
    ...api,
    setSlice(viewer, paneId, slice) {
      const { slices } = api.getState().viewers[viewer]
      change(viewer, { slices: { ...slices, [paneId]: slice } })
    },
    setProbe: (viewer, probe) => change(viewer, { probe }),
    setCrosshair: (viewer, crosshairLpsMm) => change(viewer, { crosshairLpsMm }),
    setLevel: (level) => api.setState({ level }),
    clear: (viewer) => change(viewer, EMPTY),
  }
}
