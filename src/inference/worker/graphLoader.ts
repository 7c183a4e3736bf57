import type { GraphPart, PackFile } from '../../domain/model/manifest.ts'
import { loadPackFile, openPackFileBlob, orThrow } from '../../packs/fetch/packFiles.ts'
import type { ReportProgress } from '../engines.ts'
import { type Backend, type ExternalFile, type OrtSession, openSession } from './ortSession.ts'

interface LoaderPlace {
  readonly baseUrl: string
  readonly backend: Backend
}

interface Showing {
  /** What is loaded, for the label. */
  readonly name: string
  readonly onProgress: ReportProgress
}

const toMegabytes = (bytes: number): string => (bytes / 1e6).toFixed(1)

const filesOf = (part: GraphPart): PackFile[] => [part, ...(part.external ?? [])]

/** The same content is the same file. */
const keyOf = ({ sha256 }: PackFile): string => sha256

/**
 * Opens the graphs of one variant, in their order. An external file that several of them name is fetched and checked once.
 * It comes as a Blob, which the browser keeps outside of JavaScript: its bytes are in memory while a session takes them in.
 */
export class GraphLoader {
  readonly #external = new Map<string, Blob>()
  readonly #label: string
  readonly #total: number
  #received = 0
  #unopened: number

  constructor(
    parts: readonly GraphPart[],
    private readonly place: LoaderPlace,
    private readonly showing: Showing,
  ) {
    const sizes = new Map(parts.flatMap(filesOf).map((file) => [keyOf(file), file.bytes]))
    this.#total = [...sizes.values()].reduce((sum, bytes) => sum + bytes, 0)
    this.#unopened = parts.length
    this.#label = `Loading the ${showing.name}, ${toMegabytes(this.#total)} MB`
    showing.onProgress(this.#label, 0)
  }

  /** Fetches what the part names, checked, and opens its session. Rejects with ProblemError. */
  async open(part: GraphPart): Promise<OrtSession> {
    const { baseUrl, backend } = this.place
    const model = await orThrow(loadPackFile(baseUrl, part, this.#countBytes()))
    const external: ExternalFile[] = []
    for (const file of part.external ?? []) external.push({ path: file.file, data: await this.#takeExternal(file) })
    this.#unopened--
    if (this.#unopened === 0) this.showing.onProgress(`Preparing the ${this.showing.name}`, null)
    return openSession(model, backend, part.file, external)
  }

  async #takeExternal(file: PackFile): Promise<Blob> {
    const blob =
      this.#external.get(keyOf(file)) ?? (await orThrow(openPackFileBlob(this.place.baseUrl, file, this.#countBytes())))
    this.#external.set(keyOf(file), blob)
    return blob
  }

  #countBytes(): (received: number) => void {
    const before = this.#received
    return (received) => {
      this.#received = before + received
      this.showing.onProgress(this.#label, Math.min(1, this.#received / this.#total))
    }
  }
}
