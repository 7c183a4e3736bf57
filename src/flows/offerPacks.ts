import type { Problem, Result } from '../base/result.ts'
import { type OfferedPack, toOfferedPack } from '../domain/model/keptPack.ts'
import type { PackEntry } from '../domain/model/packList.ts'
import type { PackRoom } from '../packs/keep/client/packRoom.ts'
import type { PackStore } from '../packs/keep/client/packStore.ts'
import type { Screen } from '../session/screen.ts'
import type { ModelState } from '../state/appState.ts'

export interface ListKeptDeps {
  readonly screen: Screen
  readonly packStore: Pick<PackStore, 'list'>
  measureRoom(): Promise<PackRoom | null>
}

export interface ListPacksDeps extends ListKeptDeps {
  /** URL of the folder of all packs on the app's own origin, with a final slash. */
  readonly modelsUrl: string
  /** What is offered where the list cannot be read. */
  readonly defaultPack: PackEntry
  fetchPackList(url: string): Promise<Result<readonly PackEntry[]>>
}

/** Reads once which packs there are; without the list the default pack still works. */
export async function listPacks(deps: ListPacksDeps): Promise<void> {
  const { screen, modelsUrl, defaultPack, fetchPackList } = deps
  if (screen.get().model.packs.length > 0) return
  const listed = await fetchPackList(`${modelsUrl}packs.json`)
  if (!listed.ok) screen.notify(listed.problem, 'warning')
  await listKept(deps, listed.ok ? listed.value : [defaultPack])
}

const toBundled = (packs: readonly OfferedPack[]): readonly OfferedPack[] => packs.filter(({ kept }) => !kept)

/**
 * Reads what the browser keeps, behind the bundled packs. Where it keeps nothing, the bundled ones are all there is: a
 * person who brings no pack need not hear of it.
 */
export async function listKept({ screen, packStore, measureRoom }: ListKeptDeps, bundled?: readonly PackEntry[]) {
  const [listed, room] = await Promise.all([packStore.list(), measureRoom()])
  const { kept, unfinished } = listed.ok ? listed.value : { kept: [], unfinished: [] }
  const first = bundled ?? toBundled(screen.get().model.packs)
  const others = kept.filter(({ id }) => first.every((pack) => pack.id !== id))
  screen.patch('brought', { unfinished, room })
  screen.patch('model', { packs: [...first, ...others.map(toOfferedPack)] })
}

/** The pack to load: the chosen one, or the first where nothing was chosen or the choice is no longer offered. */
export const toWantedPack = ({ packs, packChoice }: Pick<ModelState, 'packs' | 'packChoice'>): OfferedPack =>
  packs.find(({ id }) => id === packChoice) ?? packs[0]

/** Named when the pack has no ears; the utterance is kept and heard once a pack has. */
export const SPEECH_NOT_IN_PACK: Problem = {
  code: 'no-speech-model',
  message: 'This model has no speech encoder: the utterance is kept, but does not count.',
  nextStep: 'Choose a model with one: it is heard again then.',
}
