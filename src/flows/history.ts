import type { Problem } from '../base/result.ts'
import type { Desk } from '../session/desk.ts'
import type { Screen } from '../session/screen.ts'
import type { HistoryState, LastChange } from '../state/historyState.ts'

/** Both give false where something was left as it is, since it was changed elsewhere meanwhile. */
export interface Reversible {
  undo(): boolean
  redo(): boolean
}

/** One change, from the moment in which it was made. */
export interface Step extends LastChange {
  /** The orders that it stands in: the id of the study that it is about, or the list of the reader's own things. */
  readonly scopes: readonly string[]
  readonly change: Reversible
  /** Shows what is there now: after the change itself, and whenever it is taken back or done again. */
  show(): void
}

const changedElsewhere = (text: string): Problem => ({
  code: 'changed-elsewhere',
  message: `“${text}”: what it changed has been changed since, in another window or in another list.`,
  nextStep: 'The later change stays; make this one by hand where it is still wanted.',
})

const without = (steps: readonly Step[], step: Step): readonly Step[] => steps.filter((one) => one !== step)

/**
 * Everything that a reader changes and may take back, in the order of time. Changes of one study are taken back from that study
 * alone; a new one ends what could have been done again of its study.
 */
export class History {
  #done: readonly Step[] = []
  #undone: readonly Step[] = []

  constructor(
    private readonly screen: Pick<Screen, 'notify'>,
    private readonly desk: Pick<Desk, 'read' | 'find'>,
  ) {}

  /** A change that has just been made. */
  add(step: Step): void {
    this.#done = [...this.#done, step]
    this.#undone = this.#undone.filter(({ scopes }) => !scopes.some((scope) => step.scopes.includes(scope)))
    this.#show(step)
  }

  /** Takes the last change back that was not taken back yet: of the study being read, or of another order. */
  undo(scope = this.desk.read?.id): void {
    const step = this.#lastOf(this.#done, scope)
    if (!step) return
    this.#done = without(this.#done, step)
    this.#run(step, 'undo', () => {
      this.#undone = [...this.#undone, step]
    })
  }

  /** Does again what was taken back last, as long as nothing was changed since. */
  redo(scope = this.desk.read?.id): void {
    const step = this.#lastOf(this.#undone, scope)
    if (!step) return
    this.#undone = without(this.#undone, step)
    this.#run(step, 'redo', () => {
      this.#done = [...this.#done, step]
    })
  }

  last(scope: string): HistoryState {
    return { undo: this.#lastOf(this.#done, scope) ?? null, redo: this.#lastOf(this.#undone, scope) ?? null }
  }

  #lastOf(steps: readonly Step[], scope: string | undefined): Step | undefined {
    return scope === undefined ? undefined : steps.findLast(({ scopes }) => scopes.includes(scope))
  }

  /** What could not be done wholly is not offered again: it would take back what came later. */
  #run(step: Step, way: keyof Reversible, keep: () => void): void {
    if (step.change[way]()) keep()
    else this.screen.notify(changedElsewhere(step.text), 'warning')
    this.#show(step)
  }

  #show(step: Step): void {
    step.show()
    for (const scope of step.scopes) {
      const { undo, redo } = this.last(scope)
      const toLast = (one: LastChange | null) => one && { kind: one.kind, text: one.text }
      this.desk.find(scope)?.show('history', { undo: toLast(undo), redo: toLast(redo) })
    }
  }
}
