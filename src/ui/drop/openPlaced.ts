import { type PlacedFile, sortPacks, takeOnlyPack } from '../../domain/model/packFolder.ts'
import type { AppContextValue } from '../appContext.ts'
import { splitAudio } from './collectFiles.ts'

type Context = Pick<AppContextValue, 'actions' | 'store'>

/** Files of a dialog or a drop; those of a folder know their path. */
export const toPlaced = (files: readonly File[]): PlacedFile[] =>
  files.map((file) => ({ path: file.webkitRelativePath || file.name, file }))

/** Adds the model pack among the files, if there is one, and gives the rest. */
export async function openPlaced(placed: readonly PlacedFile[], { actions, store }: Context): Promise<File[]> {
  const sorted = await sortPacks(placed)
  if (sorted.packs.length > 0) {
    const pack = takeOnlyPack(sorted)
    if (pack.ok) actions.addPackFolder(pack.value)
    else store.notify(pack.problem)
  }
  return sorted.rest.map(({ file }) => file)
}

/** Scans are opened, recordings heard: those that come with a scan belong to it. */
export function openOrHear(files: readonly File[], actions: Context['actions']): void {
  const { audio, scans } = splitAudio(files)
  if (scans.length > 0) actions.openFiles(scans, audio)
  else for (const file of audio) actions.hearFile(file)
}

/** For a folder that was chosen as a model: where it is none, the user is told. */
export async function addPlacedPack(placed: readonly PlacedFile[], { actions, store }: Context): Promise<void> {
  const pack = takeOnlyPack(await sortPacks(placed))
  if (pack.ok) actions.addPackFolder(pack.value)
  else store.notify(pack.problem)
}
