import { type Item, readIndex, readItem } from '../expectation.ts'
import { FLIPS, type Mutate, type MutationGroup, STRUCTURE } from './mutations.ts'
import { Random } from './random.ts'

/** A drop of which one file was changed, as a seed says. */
export interface Mutant {
  readonly item: Item
  readonly path: string
  readonly mutation: string
  readonly group: MutationGroup
  readonly contents: ReadonlyMap<string, Uint8Array<ArrayBuffer>>
}

/** Share of mutants whose data, not their structure, are changed. */
const FLIP_SHARE = 0.25
/** Not every mutation has a place in every file: so many are tried until one has. */
const MOST_TRIES = 200

/** The sound items that are changed. */
export const readBases = (): Item[] =>
  readIndex()
    .items.filter(({ kind }) => kind.startsWith('7 '))
    .map(({ id }) => readItem(id))

export function makeMutant(seed: number, bases: readonly Item[]): Mutant {
  const random = new Random(seed)
  const group: MutationGroup = random.next() < FLIP_SHARE ? 'flip' : 'structure'
  const mutations = Object.entries<Mutate>(group === 'flip' ? FLIPS : STRUCTURE)
  for (let n = 0; n < MOST_TRIES; n++) {
    const item = random.pick(bases)
    const [mutation, mutate] = random.pick(mutations)
    const path = random.pick(item.files)
    const file = item.contents.get(path)
    const mutated = file && mutate(file, random)
    if (!mutated || isSame(mutated, file)) continue
    return { item, path, mutation, group, contents: new Map(item.contents).set(path, mutated) }
  }
  throw new Error(`seed ${seed}: no mutation has a place in any file`)
}

const isSame = (a: Uint8Array, b: Uint8Array) => a.length === b.length && a.every((byte, n) => byte === b[n])
