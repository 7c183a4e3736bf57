import type { Result } from '../base/result.ts'
import type { CaseLibrary } from '../cases/client/libraryClient.ts'
import type { RemoteEvents, RemoteSource } from '../cases/client/remoteLibrary.ts'
import { toGraphsHash } from '../domain/model/encoderKey.ts'
import type { LibraryServer } from '../domain/model/libraryServers.ts'
import type { Desk } from '../session/desk.ts'
import type { PackSession } from '../session/packSession.ts'
import type { Screen } from '../session/screen.ts'
import type { RemoteLibraryItem } from '../state/appState.ts'

export interface RemoteLibrariesDeps {
  readonly screen: Screen
  /** Address of the app, with a final slash. */
  readonly siteUrl: string
  fetchLibraryServers(): Promise<Result<readonly LibraryServer[]>>
  openRemoteLibrary(source: RemoteSource, events: RemoteEvents): CaseLibrary
  /** The whole address of a path of this site. */
  toServerUrl(siteUrl: string, path: string): Result<string>
}

/** Libraries on a server that this site offers: asked where the reader has agreed, by packs whose encoder made them. */
export class RemoteLibraries {
  #servers: readonly (LibraryServer & { readonly url: string })[] = []

  /** `onChange`: cases that are listed may be others now. */
  constructor(
    private readonly deps: RemoteLibrariesDeps,
    private readonly desk: Desk,
    private readonly onChange: () => void,
  ) {}

  /** Reads what the site offers; most offer none. */
  async load(): Promise<void> {
    const { screen, siteUrl, fetchLibraryServers, toServerUrl } = this.deps
    const listed = await fetchLibraryServers()
    if (!listed.ok) return screen.notify(listed.problem, 'warning')
    this.#servers = listed.value.flatMap((server) => {
      const url = toServerUrl(siteUrl, server.path)
      if (!url.ok) screen.notify(url.problem, 'warning')
      return url.ok ? [{ ...server, url: url.value }] : []
    })
    if (this.desk.pack && this.#servers.length > 0) await this.#bringUpToDate(this.desk.pack)
  }

  async takePack(pack: PackSession): Promise<void> {
    if (this.#servers.length > 0) await this.#bringUpToDate(pack, false)
  }

  /** The reader agrees to a library's being asked, or takes that back. */
  async agree(path: string, isAgreed: boolean): Promise<void> {
    const { screen } = this.deps
    const others = screen.get().remote.agreed.filter((one) => one !== path)
    screen.patch('remote', { agreed: isAgreed ? [...others, path] : others })
    if (this.desk.pack) await this.#bringUpToDate(this.desk.pack)
  }

  async #bringUpToDate(pack: PackSession, isSearching = true): Promise<void> {
    const { screen } = this.deps
    const encoder = await toGraphsHash(pack.pack.manifest)
    if (pack.signal.aborted) return
    const { agreed } = screen.get().remote
    for (const { library } of pack.remoteLibraries) library.close()
    const asked = this.#servers.filter((server) => server.encoder === encoder && agreed.includes(server.path))
    pack.remoteLibraries = asked.map((server) => ({ id: server.url, library: this.#open(pack, server) }))
    const offered = this.#servers.map(({ title, path, url, encoder: theirs }) => ({
      title,
      path,
      url,
      phase: theirs === encoder ? ('ready' as const) : ('other-model' as const),
    }))
    screen.patch('remote', { offered, dimension: pack.pack.manifest.embedding.dimension })
    if (isSearching) this.onChange()
  }

  #open(pack: PackSession, { url, title, encoder }: LibraryServer & { readonly url: string }): CaseLibrary {
    const { screen } = this.deps
    const findingCount = pack.pack.manifest.findings.length
    return this.deps.openRemoteLibrary(
      { url, title, encoder, findingCount },
      {
        onSent: (bytes) => {
          const { bytesSent, searches } = screen.get().remote
          screen.patch('remote', { bytesSent: bytesSent + bytes, searches: searches + 1 })
        },
        onAway: (reason) => {
          this.#setPhase(url, 'away')
          screen.notify(toAway(title, reason), 'warning')
        },
        onBack: () => {
          this.#setPhase(url, 'ready')
          this.onChange()
        },
      },
    )
  }

  #setPhase(url: string, phase: RemoteLibraryItem['phase']): void {
    const { offered } = this.deps.screen.get().remote
    this.deps.screen.patch('remote', { offered: offered.map((one) => (one.url === url ? { ...one, phase } : one)) })
  }
}

const toAway = (title: string, reason: string) => ({
  code: 'library-server-away',
  message: `${title} does not answer (${reason}).`,
  nextStep: 'Cases of this device are listed alone; the server is asked again with the next search.',
})
