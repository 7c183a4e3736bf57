import {
  isFirm,
  NO_PLACE,
  type Place,
  type ReaderName,
  STATUS_TEXT,
  type Statement,
} from '../../domain/statements/statement.ts'

const READER_TEXT: Readonly<Record<ReaderName, string>> = { embedding: 'sound', transcript: 'words' }

const SIDE_TEXT: Readonly<Record<NonNullable<Place['side']>, string>> = {
  left: 'left',
  right: 'right',
  bilateral: 'both sides',
}

/** "right upper", "both sides", "lingula"; null where no place was said. */
export function formatPlace({ side, lobe }: Place = NO_PLACE): string | null {
  const parts = [side && SIDE_TEXT[side], lobe]
  return parts.filter(Boolean).join(' ') || null
}

/** "6 mm", "6.5 mm"; null where no size was said. */
const formatSize = (sizeMm: number | null): string | null =>
  sizeMm === null ? null : `${Number(sizeMm.toFixed(1))} mm`

/** Where and how large, as far as it was said: "right upper · 6 mm". */
export const formatWhere = ({ place, sizeMm }: Pick<Statement, 'place' | 'sizeMm'>): string =>
  [formatPlace(place), formatSize(sizeMm)].filter(Boolean).join(' · ')

/** What each reader makes of it: "Sound: present. Words: not named." */
export function describeReadings({ readings }: Pick<Statement, 'readings'>): string {
  const names: readonly ReaderName[] = ['embedding', 'transcript']
  return names
    .map((name) => {
      const reading = readings[name]
      const said = reading === null ? 'not named' : STATUS_TEXT[reading]
      const reader = READER_TEXT[name]
      return `${reader.charAt(0).toUpperCase()}${reader.slice(1)}: ${said}.`
    })
    .join(' ')
}

/** How sure the status is: a person's word, both readers', one reader's, or nobody's. */
export type Footing = 'set' | 'both' | 'one' | 'unsure'

export function toFooting(statement: Statement): Footing {
  if (statement.isSet) return 'set'
  if (isFirm(statement)) return 'both'
  return statement.status === 'uncertain' ? 'unsure' : 'one'
}

const FOOTING_TEXT: Readonly<Record<Footing, string>> = {
  set: 'set by you',
  both: 'heard in sound and words',
  one: 'heard in one of the two',
  unsure: 'for you to say',
}

export const describeFooting = (statement: Statement): string => FOOTING_TEXT[toFooting(statement)]
