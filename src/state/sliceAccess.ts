import type { AppState } from './appState.ts'

export type SliceName = Exclude<keyof AppState, 'notices' | 'studies'>

export type PatchSlice = <Slice extends SliceName>(slice: Slice, change: Partial<AppState[Slice]>) => void

/** What a slice's setters work with. */
export interface SliceAccess {
  get(): AppState
  readonly patch: PatchSlice
}
