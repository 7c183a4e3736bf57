import type { Problem, Result } from '../base/result.ts'
import type { PackEntry } from '../domain/model/packList.ts'
import type { ModelState } from '../state/appState.ts'
import type { Screen } from './screen.ts'

export interface ListPacksDeps {
  readonly screen: Screen
  /** URL of the folder of all packs on the app's own origin, with a final slash. */
  readonly modelsUrl: string
  /** What is offered where the list cannot be read. */
  readonly defaultPack: PackEntry
  fetchPackList(url: string): Promise<Result<readonly PackEntry[]>>
}

/** Reads once which packs there are; without the list the default pack still works. */
export async function listPacks({ screen, modelsUrl, defaultPack, fetchPackList }: ListPacksDeps): Promise<void> {
  if (screen.get().model.packs.length > 0) return
  const listed = await fetchPackList(`${modelsUrl}packs.json`)
  if (!listed.ok) screen.notify(listed.problem, 'warning')
  screen.patch('model', { packs: listed.ok ? listed.value : [defaultPack] })
}

/** The pack to load: the chosen one, or the first where nothing was chosen or the choice is no longer offered. */
export const toWantedPack = ({ packs, packChoice }: Pick<ModelState, 'packs' | 'packChoice'>): PackEntry =>
  packs.find(({ id }) => id === packChoice) ?? packs[0]

/** Named when the pack has no ears; the utterance is kept and heard once a pack has. */
export const SPEECH_NOT_IN_PACK: Problem = {
  code: 'no-speech-model',
  message: 'This model has no speech encoder: the utterance is kept, but does not count.',
  nextStep: 'Choose a model with one: it is heard again then.',
}
