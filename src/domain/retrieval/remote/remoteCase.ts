import type { LibraryCase } from '../../model/manifest.ts'

/** A case of a library on a server, as a search lists it. */
export interface ListedRemoteCase extends LibraryCase {
  /** Title of its library. */
  readonly server: string
}

/** Its id is its library's own: another one may have the same. */
export const toListedRemote = (found: LibraryCase, server: string): ListedRemoteCase => ({
  ...found,
  id: `${server}: ${found.id}`,
  server,
})

export const isListedRemote = (found: LibraryCase): found is ListedRemoteCase => 'server' in found
