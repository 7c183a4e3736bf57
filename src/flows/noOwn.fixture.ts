import { success } from '../base/result.ts'

/** A table in which nothing is kept. */
export const NO_OWN = {
  list: async () => success({ items: [], unreadableCount: 0 }),
  put: async () => success(undefined),
  remove: async () => success(undefined),
  watch: () => undefined,
}
