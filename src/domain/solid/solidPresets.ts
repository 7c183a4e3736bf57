/** Colours 0…1 and opacity 0…1 a millimetre unit of a density, at which a ray through the volume gathers light. */
export interface SolidPreset {
  readonly id: string
  readonly label: string
  /** HU, red, green, blue. */
  readonly colors: readonly (readonly [number, number, number, number])[]
  /** HU, opacity over `UNIT_MM`. */
  readonly opacities: readonly (readonly [number, number])[]
  /** What lies outside the body is air as well, and would cover the air inside. */
  readonly clearsOutside: boolean
}

/** The length over which an opacity holds, mm. */
export const UNIT_MM = 3

/** Own transfer functions, by the usual densities: bone from 150 HU, contrast 150 to 400, water 0, fat −100, lung −850, air −1000. */
export const SOLID_PRESETS: readonly SolidPreset[] = [
  {
    id: 'bone',
    label: 'Bone',
    colors: [
      [150, 0.55, 0.27, 0.2],
      [300, 0.87, 0.7, 0.52],
      [700, 0.97, 0.94, 0.86],
      [1500, 1, 1, 1],
    ],
    opacities: [
      [140, 0],
      [220, 0.25],
      [450, 0.8],
      [1500, 0.95],
    ],
    clearsOutside: false,
  },
  {
    id: 'soft',
    label: 'Soft tissue',
    colors: [
      [-200, 0.72, 0.48, 0.36],
      [-20, 0.87, 0.62, 0.5],
      [80, 0.75, 0.35, 0.3],
      [300, 0.95, 0.88, 0.78],
    ],
    opacities: [
      [-400, 0],
      [-200, 0.08],
      [80, 0.3],
      [300, 0.95],
    ],
    clearsOutside: false,
  },
  {
    id: 'vessels',
    label: 'Vessels',
    colors: [
      [90, 0.5, 0.08, 0.08],
      [200, 0.85, 0.25, 0.18],
      [400, 0.97, 0.85, 0.7],
      [1200, 1, 1, 1],
    ],
    opacities: [
      [90, 0],
      [160, 0.12],
      [260, 0.5],
      [600, 0.6],
    ],
    clearsOutside: false,
  },
  {
    id: 'lung',
    label: 'Lung',
    colors: [
      [-1000, 0.35, 0.55, 0.75],
      [-800, 0.55, 0.75, 0.88],
      [-500, 0.92, 0.88, 0.85],
      [-300, 0.95, 0.6, 0.5],
    ],
    opacities: [
      [-1000, 0.01],
      [-900, 0.03],
      [-700, 0.09],
      [-500, 0.22],
      [-350, 0],
    ],
    clearsOutside: true,
  },
  {
    id: 'airways',
    label: 'Airways',
    colors: [
      [-1024, 0.45, 0.75, 0.95],
      [-940, 0.85, 0.93, 1],
    ],
    opacities: [
      [-1024, 0.6],
      [-965, 0.45],
      [-930, 0],
    ],
    clearsOutside: true,
  },
]

export const findSolidPreset = (id: string): SolidPreset =>
  SOLID_PRESETS.find((one) => one.id === id) ?? SOLID_PRESETS[0]
