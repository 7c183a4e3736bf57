import type { Entry, SlotValues } from './command.ts'
import type { CommandContext } from './context.ts'

/**
 * Runs an entry where it would do anything; asks for open slots that `filled` does not fill, and for a yes where the
 * command wants one. False: there was nothing to do.
 */
export function runEntry(entry: Entry, context: CommandContext, filled: SlotValues = {}): boolean {
  const { command, slots, open } = entry
  if (!command.when(context.get())) return false
  const run = () => command.run(context, { ...slots, ...filled })
  if (open.some((name) => !(name in filled))) context.page.choose(entry.id)
  else if (command.confirms) context.page.confirm(command.confirms, command.title, run)
  else run()
  return true
}
