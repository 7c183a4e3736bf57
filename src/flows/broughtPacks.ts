import { failure, type Problem, type Result, type Told, toProblem } from '../base/result.ts'
import { type AddedPack, type AddPackDeps, addPack, type Brought } from './addPack.ts'
import { listKept } from './offerPacks.ts'
import type { Reading } from './reading.ts'

export interface BroughtPacksDeps extends AddPackDeps {
  readonly reading: Pick<Reading, 'choosePack' | 'loadModels'>
}

const BUSY: Problem = {
  code: 'pack-adding',
  message: 'Another model is being added just now.',
  nextStep: 'Wait for it or cancel it, then add this one.',
}

const ADDED: Record<AddedPack['how'], (title: string) => Told> = {
  bundled: (title) => ({
    code: 'pack-is-bundled',
    message: `${title} comes with the app.`,
    nextStep: 'It is used now.',
  }),
  same: (title) => ({
    code: 'pack-is-kept',
    message: `${title} is kept on this device already, with the very same files.`,
    nextStep: 'It is used now; nothing was copied.',
  }),
  added: (title) => ({
    code: 'pack-added',
    message: `${title} is kept on this device, for the next visit too.`,
    nextStep: 'It is used now. The model page removes it again.',
  }),
}

/** The packs that a person brings: one is added at a time, and each can be removed. */
export class BroughtPacks {
  #adding: AbortController | null = null

  constructor(private readonly deps: BroughtPacksDeps) {}

  /**
   * Adds what was handed over and chooses it. A pack that is there already is just chosen, where `isQuiet` without a word.
   */
  async add(brought: Brought, { isQuiet = false } = {}): Promise<void> {
    const { screen } = this.deps
    if (this.#adding) return screen.notify(BUSY, 'warning')
    const adding = new AbortController()
    this.#adding = adding
    const added = await this.#addNow(brought, adding.signal)
    await listKept(this.deps)
    this.#adding = null
    const using = added.ok ? this.#use(added.value, isQuiet) : null
    if (!added.ok) screen.notify(added.problem, added.problem.code === 'cancelled' ? 'info' : 'error')
    // Only now: whoever waits for the app to be idle must not see a gap.
    screen.patch('brought', { adding: null })
    await using
  }

  cancel(): void {
    this.#adding?.abort()
  }

  /** What is kept and how much room there is, e.g. after another tab has changed it. */
  async refresh(): Promise<void> {
    if (!this.#adding) await listKept(this.deps)
  }

  /** Where the pack is in use, the default one takes over first. */
  async remove(packId: string): Promise<void> {
    const { screen, reading, packStore } = this.deps
    const { packs, packId: used, packChoice } = screen.get().model
    if (!packs.some(({ id, kept }) => id === packId && kept)) return
    const rest = packs.filter(({ id }) => id !== packId)
    screen.patch('model', { packs: rest, packChoice: packChoice === packId ? null : packChoice })
    const fallingBack = used === packId ? reading.loadModels() : null
    await this.#tell(packStore.remove(packId))
    await fallingBack
  }

  /** Drops what was begun and not ended. */
  async discard(packId: string): Promise<void> {
    await this.#tell(this.deps.packStore.discard(packId))
  }

  async #tell(changing: Promise<Result<void>>): Promise<void> {
    const changed = await changing
    if (!changed.ok) this.deps.screen.notify(changed.problem)
    await listKept(this.deps)
  }

  async #addNow(brought: Brought, signal: AbortSignal): Promise<Result<AddedPack>> {
    const title = 'folder' in brought ? brought.folder.name || 'the model' : brought.address
    const unknown = { file: null, fileNumber: 0, fileCount: 0, doneBytes: 0, totalBytes: 0, bytesPerSecond: null }
    this.deps.screen.patch('brought', { adding: { title, step: 'reading', ...unknown } })
    try {
      return await addPack(this.deps, brought, signal)
    } catch (thrown) {
      return failure(toProblem(thrown, 'pack-not-added', 'Add the model again.'))
    }
  }

  async #use({ id, title, how }: AddedPack, isQuiet: boolean): Promise<void> {
    const { screen, reading } = this.deps
    const { packId, phase } = screen.get().model
    const isUsed = packId === id && phase !== 'failed'
    if (how === 'added' || !isQuiet) screen.notify(ADDED[how](title), 'info')
    // Another version has taken the place of the one in use.
    if (isUsed && how === 'added') {
      screen.patch('model', { packChoice: id })
      return await reading.loadModels()
    }
    await reading.choosePack(id)
  }
}
