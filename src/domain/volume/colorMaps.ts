/** Grey level and what it is shown as, both 0…255. */
type Anchor = readonly [level: number, value: number]

interface ColorMap {
  readonly id: string
  readonly label: string
  /** As it is said. */
  readonly words: readonly string[]
  /** Red, green, blue: anchors joined by straight lines. */
  readonly channels: readonly [readonly Anchor[], readonly Anchor[], readonly Anchor[]]
}

/** For each grey level 0…255 a red, green and blue, 0…255. */
export type ColorTable = readonly [red: Uint8Array, green: Uint8Array, blue: Uint8Array]

const RAMP: readonly Anchor[] = [
  [0, 0],
  [255, 255],
]

/** First level of each of the twenty steps of DICOM's PET 20 Step palette, with its colour. */
const PET_20_STEPS = [
  [0, 0, 0, 0],
  [13, 96, 0, 80],
  [26, 48, 48, 80],
  [39, 48, 48, 112],
  [51, 80, 80, 128],
  [64, 96, 96, 176],
  [77, 112, 112, 192],
  [90, 128, 128, 224],
  [102, 48, 96, 48],
  [115, 48, 144, 48],
  [128, 80, 192, 80],
  [141, 64, 224, 64],
  [153, 224, 224, 80],
  [166, 208, 208, 96],
  [179, 208, 176, 64],
  [192, 208, 144, 0],
  [204, 192, 96, 0],
  [217, 176, 48, 0],
  [230, 255, 0, 0],
  [243, 255, 255, 255],
] as const

const toSteps = (channel: 1 | 2 | 3): readonly Anchor[] =>
  PET_20_STEPS.flatMap((step, n) => {
    const end = (PET_20_STEPS[n + 1]?.[0] ?? 256) - 1
    return [
      [step[0], step[channel]],
      [end, step[channel]],
    ] as const
  })

/** Grey, and the palettes of DICOM PS3.6, annex B; lines through their entries, which are at most 1 beside them. */
export const COLOR_MAPS = [
  { id: 'grey', label: 'Grey', words: ['grey', 'gray', 'no colours'], channels: [RAMP, RAMP, RAMP] },
  {
    id: 'hotIron',
    label: 'Hot Iron',
    words: ['hot iron'],
    channels: [
      [
        [0, 0],
        [128, 255],
        [255, 255],
      ],
      [
        [0, 0],
        [128, 0],
        [255, 255],
      ],
      [
        [0, 0],
        [191, 0],
        [255, 255],
      ],
    ],
  },
  {
    id: 'hotMetalBlue',
    label: 'Hot Metal Blue',
    words: ['hot metal blue', 'hot metal'],
    channels: [
      [
        [0, 0],
        [85, 0],
        [104, 55],
        [120, 93],
        [153, 190],
        [170, 255],
        [255, 255],
      ],
      [
        [0, 0],
        [119, 0],
        [252, 250],
        [255, 255],
      ],
      [
        [0, 0],
        [102, 200],
        [119, 150],
        [136, 50],
        [153, 0],
        [170, 0],
        [240, 206],
        [255, 255],
      ],
    ],
  },
  {
    id: 'pet',
    label: 'PET',
    words: ['pet', 'rainbow'],
    channels: [
      [
        [0, 0],
        [64, 1],
        [192, 255],
        [255, 255],
      ],
      [
        [0, 0],
        [63, 128],
        [128, 0],
        [255, 255],
      ],
      [
        [0, 0],
        [128, 255],
        [192, 0],
        [255, 255],
      ],
    ],
  },
  { id: 'pet20', label: 'PET 20 Step', words: ['pet twenty'], channels: [toSteps(1), toSteps(2), toSteps(3)] },
] as const satisfies readonly ColorMap[]

export type ColorMapId = (typeof COLOR_MAPS)[number]['id']

/** What a saved or spoken name means; null for none of them. */
export const toColorMapId = (id: unknown): ColorMapId | null => COLOR_MAPS.find((map) => map.id === id)?.id ?? null

function follow(anchors: readonly Anchor[], isInverted: boolean): Uint8Array {
  const values = new Uint8Array(256)
  for (let n = 1; n < anchors.length; n++) {
    const [[from, low], [to, high]] = [anchors[n - 1], anchors[n]]
    for (let level = from; level <= to; level++) {
      values[isInverted ? 255 - level : level] = Math.round(low + ((high - low) * (level - from)) / (to - from || 1))
    }
  }
  return values
}

/** The table of a map; inverted, the densest is shown as the least dense was. */
export function toColorTable(id: ColorMapId, isInverted: boolean): ColorTable {
  const { channels } = COLOR_MAPS.find((map) => map.id === id)!
  const [red, green, blue] = channels
  return [follow(red, isInverted), follow(green, isInverted), follow(blue, isInverted)]
}

/** What greys are shown as; null: as they are. */
export const toColors = (look: { readonly colorMap: ColorMapId; readonly isInverted: boolean }): ColorTable | null =>
  look.colorMap === 'grey' && !look.isInverted ? null : toColorTable(look.colorMap, look.isInverted)
