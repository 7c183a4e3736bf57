import { refuseTemplateName } from '../commands/templateName.ts'
import type { AppStore } from '../state/store.ts'

/** Why a template cannot bear a name, by what can be said at the moment. */
export const createNameCheck =
  ({ get }: AppStore) =>
  (name: string, id: string | null): string | null =>
    refuseTemplateName(get(), name, id)
