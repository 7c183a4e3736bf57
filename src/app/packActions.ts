import type { Actions } from '../commands/actions.ts'
import type { BroughtPacks } from '../flows/broughtPacks.ts'

export type PackActions = Pick<
  Actions,
  'addPackFolder' | 'addPackAddress' | 'cancelAddPack' | 'removePack' | 'discardPack' | 'refreshPacks'
>

/** What a person does with packs that they brought. */
export const createPackActions = ({ broughtPacks }: { readonly broughtPacks: BroughtPacks }): PackActions => ({
  addPackFolder: (folder) => void broughtPacks.add({ folder }),
  addPackAddress: (address) => void broughtPacks.add({ address }),
  cancelAddPack: () => broughtPacks.cancel(),
  removePack: (packId) => void broughtPacks.remove(packId),
  discardPack: (packId) => void broughtPacks.discard(packId),
  refreshPacks: () => void broughtPacks.refresh(),
})
