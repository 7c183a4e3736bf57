import { toNumberWord } from './spokenNumbers.ts'

/** What a transcriber writes for words of the commands that it does not expect; found with the develop half of fixtures/commands, spoken. */
const MISHEARD: Readonly<Record<string, readonly string[]>> = {
  slab: ['slap', 'slabs', 'lab', 'slob', 'flab', 'slam', 'sleb'],
  axial: ['actual', 'axel', 'axle', 'exile', 'action', 'exhale', 'actually'],
  coronal: ['colonel', 'corona', 'coronel', 'kernel', 'carnal', 'cornell'],
  sagittal: ['sagital', 'satchel', 'sagittarius', 'sagetal', 'digital'],
  lung: ['long', 'lungs', 'lunge', 'lang'],
  lungs: ['longs', 'long'],
  mip: ['nip', 'mib', 'mitt', 'mit', 'mipp'],
  minip: ['menip', 'minep', 'minute', 'minimum'],
  heat: ['heed', 'eat', 'heap'],
  pane: ['pain', 'pan', 'payne'],
  panes: ['pains', 'pans', 'paints'],
  prior: ['pryor', 'prayer', 'fryer', 'prire'],
  slice: ['slide', 'slices', 'flies', 'size', 'spice', 'lice'],
  slices: ['slides', 'slice', 'spices'],
  cine: [
    'sinny',
    'sydney',
    'cinny',
    'sine',
    'sini',
    'city',
    'scene',
    'sin',
    'cinema',
    'cindy',
    'sunny',
    'cinnie',
    'sinnie',
  ],
  case: ['chase', 'kase', 'cage'],
  scratch: ['crash', 'scratched'],
  ellipse: ['eclipse', 'ellipsis', 'lips'],
  invert: ['insert', 'inverts'],
  bone: ['boom', 'born', 'bon'],
  probe: ['prob', 'pro', 'probes'],
  crop: ['crap', 'drop'],
  read: ['red', 'reed'],
  angio: ['ngo', 'anjo', 'angel'],
  unlock: ['unlocked', 'anlock'],
  viewer: [
    'fewer',
    'newer',
    'sewer',
    'ewer',
    'viewed',
    'view',
    'viewing',
    'review',
    'your',
    'youre',
    'viewher',
    'youare',
  ],
  effusion: ['fusion', 'infusion', 'diffusion', 'confusion'],
}
const MISHEARD_COST = 0.15

/** Without the ending of a plural. */
const toStem = (word: string): string =>
  word.length > 3 && word.endsWith('s') && !word.endsWith('ss') ? word.slice(0, -1) : word
const STEM_COST = 0.02

/** Two spellings of one sound: British and American, and what one letter more or less makes. */
const toSpelling = (word: string): string =>
  word
    .replace(/ise(d|s)?$/, 'ize$1')
    .replace(/yse(d|s)?$/, 'yze$1')
    .replace(/(met|cent)re(s)?$/, '$1er$2')
    .replace('grey', 'gray')
    .replace('colour', 'color')

/** Beyond this share of changed letters a word is another word. */
const MOST_CHANGED = 0.34
const LEAST_LETTERS = 4

function countChanges(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, n) => n)
  for (let at = 1; at <= a.length; at++) {
    const next = [at]
    for (let to = 1; to <= b.length; to++)
      next.push(Math.min(next[to - 1] + 1, row[to] + 1, row[to - 1] + (a[at - 1] === b[to - 1] ? 0 : 1)))
    row = next
  }
  return row[b.length]
}

/** How unlike a heard word is to the one that a phrase has: 0 the same, up to 0.34; infinite: another word. */
export function unlikeness(heard: string, meant: string): number {
  if (heard === meant) return 0
  if (toSpelling(heard) === toSpelling(meant)) return 0
  if (toNumberWord(heard) === meant) return 0
  if (toStem(heard) === toStem(meant)) return STEM_COST
  if (MISHEARD[meant]?.includes(heard)) return MISHEARD_COST
  if (Math.min(heard.length, meant.length) < LEAST_LETTERS || heard[0] !== meant[0]) return Number.POSITIVE_INFINITY
  const changed = countChanges(heard, meant) / Math.max(heard.length, meant.length)
  return changed <= MOST_CHANGED ? changed : Number.POSITIVE_INFINITY
}
