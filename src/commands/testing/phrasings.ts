import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import * as v from 'valibot'
import type { SpokenWord } from '../../domain/voice/spokenWords.ts'
import type { AppState } from '../../state/appState.ts'
import { interpret } from '../interpret.ts'

/* The phrasings of fixtures/commands, which its README tells of. */

const schema = v.strictObject({
  commands: v.record(
    v.string(),
    v.array(
      v.strictObject({ say: v.string(), slots: v.optional(v.record(v.string(), v.union([v.string(), v.number()]))) }),
    ),
  ),
  none: v.record(v.string(), v.array(v.string())),
})

export interface Phrasing {
  readonly say: string
  /** Null: it must run nothing. */
  readonly id: string | null
  readonly slots: Readonly<Record<string, string | number>>
}

const readFile = () => v.parse(schema, JSON.parse(readFileSync(resolve('fixtures/commands/phrasings.json'), 'utf8')))

export const readPhrasings = (): Phrasing[] =>
  Object.entries(readFile().commands).flatMap(([id, says]) => says.map(({ say, slots = {} }) => ({ say, id, slots })))

export const readNone = (): Phrasing[] =>
  Object.values(readFile().none)
    .flat()
    .map((say) => ({ say, id: null, slots: {} }))

/** By the first hexadecimal digit of the SHA-256 of the words in lower case. */
export const toHalf = (say: string): 'develop' | 'held-out' =>
  Number.parseInt(createHash('sha256').update(say.toLowerCase()).digest('hex').charAt(0), 16) % 2 === 0
    ? 'develop'
    : 'held-out'

/** Whether what was heard is understood as it was meant; and as what else. */
export function judge({ id, slots }: Phrasing, heard: readonly SpokenWord[], state: AppState) {
  const found = interpret(heard, state)
  const isRun = found.kind === 'command'
  const isRight =
    id === null
      ? !isRun
      : isRun && found.id === id && Object.entries(slots).every(([name, value]) => found.slots[name] === value)
  const as =
    found.kind === 'unknown' ? '—' : isRun ? `${found.id} ${JSON.stringify(found.slots)}` : `${found.id} out of range`
  return { isRight, isRun, as }
}
