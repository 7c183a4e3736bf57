import type { SpokenWord } from '../domain/voice/spokenWords.ts'
import type { VoiceTold } from '../state/appState.ts'
import type { Entry, SlotValues } from './command.ts'
import type { CommandContext } from './context.ts'
import { type Interpretation, interpret } from './interpret.ts'
import { findEntry } from './table.ts'

type Told = VoiceTold extends infer One ? (One extends VoiceTold ? Omit<One, 'id' | 'heard'> : never) : never
type Undo = Extract<VoiceTold, { kind: 'done' }>['undo']
type CommandFound = Extract<Interpretation, { kind: 'command' }>

const UNDO = 'speak.undo'
const YES = 'voice.yes'
const NO = 'voice.no'

/** A command that waits for yes. */
interface Waiting {
  readonly title: string
  readonly heard: string
  run(): void
}

/** The values of the slots as a person reads them. */
function toTitle({ title, command }: Entry, slots: SlotValues, context: CommandContext): string {
  const shown = Object.entries(command.slots ?? {}).flatMap(([name, slot]) => {
    if (!(name in slots)) return []
    const option = slot.options(context.get()).find(({ value }) => value === slots[name])
    return [option?.title ?? String(slots[name])]
  })
  return shown.length > 0 ? `${title}: ${shown.join(', ')}` : title
}

/** Runs what a voice asks for, asks before it deletes, and tells what came of it. */
export class Commander {
  #context: CommandContext | null = null
  #waiting: Waiting | null = null
  #count = 0

  /** `tell`: shows what came of the last command; null takes it away. */
  constructor(private readonly tell: (told: VoiceTold | null) => void) {}

  /** What commands work with; the page gives it when it is there. */
  readonly bind = (context: CommandContext): (() => void) => {
    this.#context = context
    return () => {
      this.#context = null
    }
  }

  isCommand(words: readonly SpokenWord[]): boolean {
    return this.#context !== null && interpret(words, this.#context.get()).kind !== 'unknown'
  }

  isAnswer(words: readonly SpokenWord[]): boolean {
    return this.#waiting !== null && this.isYesOrNo(words)
  }

  isYesOrNo(words: readonly SpokenWord[]): boolean {
    if (!this.#context) return false
    const found = interpret(words, this.#context.get())
    return found.kind === 'command' && (found.id === YES || found.id === NO)
  }

  take(words: readonly SpokenWord[], heard: string): void {
    const context = this.#context
    if (!context) return
    const found = interpret(words, context.get())
    if (found.kind === 'unknown') this.#tell(heard, { kind: 'unknown', near: found.near })
    else if (found.kind === 'range') {
      const { title, range } = found.slot
      this.#tell(heard, { kind: 'range', title: findEntry(found.id).title, slot: title, ...range })
    } else if (found.id === YES || found.id === NO) this.answer(found.id === YES, heard)
    else this.#run(found, heard, context)
  }

  fail(): void {
    this.#tell('', { kind: 'failed' })
  }

  /** Yes or no to what was asked; nothing where nothing was. */
  answer(isYes: boolean, heard = ''): void {
    const waiting = this.#waiting
    this.#waiting = null
    if (!waiting) {
      if (heard !== '') this.#tell(heard, { kind: 'unknown', near: [] })
    } else if (isYes) waiting.run()
    else this.#tell(waiting.heard, { kind: 'left', title: waiting.title })
  }

  dismiss(): void {
    this.#waiting = null
    this.tell(null)
  }

  #run({ id, slots, isPossible }: CommandFound, heard: string, context: CommandContext): void {
    const { told } = context.get().voice
    const entry = findEntry(id)
    const { command } = entry
    const title = toTitle(entry, slots, context)
    const run = () => {
      const before = context.get()
      command.run(context, { ...entry.slots, ...slots })
      this.#tell(heard, { kind: 'done', title, undo: toUndo(entry, before, slots) })
    }
    const question = command.confirms ?? command.asksAloud
    if (id === UNDO && told?.kind === 'done') this.#takeBack(told.title, told.undo, heard, context)
    else if (!isPossible || !command.when(context.get())) this.#tell(heard, { kind: 'idle', title })
    else if (entry.open.some((name) => !(name in slots))) context.page.choose(entry.id)
    else if (question === undefined) run()
    else {
      this.#tell(heard, { kind: 'asked', title, question })
      this.#waiting = { title, heard, run }
    }
  }

  #takeBack(what: string, undo: Undo, heard: string, context: CommandContext): void {
    const entry = undo && findEntry(undo.entryId)
    if (!entry?.command.when(context.get())) this.#tell(heard, { kind: 'idle', title: `Undo ${what}` })
    else {
      entry.command.run(context, { ...entry.slots, ...undo?.slots })
      this.#tell(heard, { kind: 'done', title: `Taken back: ${what}`, undo: null })
    }
  }

  #tell(heard: string, told: Told): void {
    this.#waiting = null
    this.#count += 1
    this.tell({ ...told, heard, id: this.#count })
  }
}

/** How to take it back; null where nothing does, or where what does would ask for more. */
function toUndo({ command }: Entry, before: ReturnType<CommandContext['get']>, slots: SlotValues): Undo {
  if (command.undo === undefined) return null
  if (typeof command.undo === 'function') {
    const back = command.undo(before, slots)
    return back && { entryId: back.id, slots: back.slots }
  }
  const { id, open } = findEntry(command.undo)
  return open.every((name) => name in slots) ? { entryId: id, slots } : null
}
