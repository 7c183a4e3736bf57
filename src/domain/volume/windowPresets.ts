/** A display window: Hounsfield units below `center − width/2` are black, above `center + width/2` white. */
export interface WindowPreset {
  readonly id: string
  readonly label: string
  /** Key that applies it. */
  readonly key: string
  readonly widthHu: number
  readonly centerHu: number
}

/** The usual chest windows, in the order of the keys 1…6; the first is applied to a newly opened study. */
export const WINDOW_PRESETS = [
  { id: 'lung', label: 'Lung', key: '1', widthHu: 1500, centerHu: -600 },
  { id: 'mediastinum', label: 'Mediastinum', key: '2', widthHu: 400, centerHu: 40 },
  { id: 'bone', label: 'Bone', key: '3', widthHu: 1800, centerHu: 400 },
  { id: 'angio', label: 'Angio (PE)', key: '4', widthHu: 700, centerHu: 100 },
  { id: 'liver', label: 'Liver', key: '5', widthHu: 150, centerHu: 30 },
  { id: 'full', label: 'Full range', key: '6', widthHu: 2000, centerHu: 0 },
] as const satisfies readonly WindowPreset[]

export const DEFAULT_WINDOW_PRESET: WindowPreset = WINDOW_PRESETS[0]

/** The preset that has exactly this window, or null after a manual change. */
export function findWindowPreset(widthHu: number, centerHu: number): WindowPreset | null {
  return WINDOW_PRESETS.find((preset) => preset.widthHu === widthHu && preset.centerHu === centerHu) ?? null
}
