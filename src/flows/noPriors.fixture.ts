import type { PriorShelf } from '../storage/priorShelf.ts'

/** Nothing lay beside any study. */
export const NO_PRIORS: PriorShelf = {
  find: async () => null,
  keep: async () => undefined,
  forget: async () => undefined,
}
