import type { Command, FilledPhrases } from '../command.ts'
import { toExamples } from '../spoken.ts'
import { COMMANDS } from '../table.ts'

const HEAD = `# Commands by voice

Written by \`npx vitest -u run src/commands/voiceDoc.test.ts\` from the table of commands; the same test fails where the two differ.

**When words are a command.** While the command key is held (Shift+M, another one in “Keys, mouse and voice”); in command mode (Alt+Shift+M, or “viewer, command
mode”), where every utterance is one; or in dictation behind the leading word: “viewer, lung window” (another word, or none, in the same sheet). Everything
else is dictation. No sound and no word of a command is kept, and none becomes a statement.

**How they are understood.** Whisper writes the words down; a grammar of the phrases below reads the whole utterance. Politeness (“please”, “can you”), articles
and “show me”, “go to”, “switch to” before what is shown are free; numbers are said in any way (“one hundred and twenty”, “one twenty”, “120”), units too (“ten
millimetres”, “one centimetre”); words that are often misheard count as what they are meant for. What the phrase does not explain, words that are not alike and doubtful
words lower the confidence; below ${'0.78'} nothing runs and the nearest phrases are shown.

**What comes of it.** A card tells what was heard and done, with Undo; “undo” said while it stands takes the same thing back. What deletes asks first: “yes”, “no”,
Enter or Escape. “What can I say” lists what is possible at that moment.

Words in braces are slots; the options of the moment fill them. Cases, measures and studies can be said by their number, too: “the second case”.
`

const isPhrase = (one: string | FilledPhrases): boolean => typeof one === 'string' || one.say.length > 0

function toRow(command: Command): string {
  const says = toExamples(command).map((phrase) => `“${phrase}”`)
  const question = command.confirms ?? command.asksAloud
  return `| ${command.title}${question ? ' (asks)' : ''} | ${says.join(' · ')} |`
}

function toGroup(group: string): string {
  const rows = COMMANDS.filter((command) => command.group === group && command.phrases?.some(isPhrase)).map(toRow)
  return rows.length === 0 ? '' : `\n## ${group}\n\n| command | say |\n|---|---|\n${rows.join('\n')}\n`
}

/** docs/VOICE.md, from the table of commands. */
export function toVoiceDoc(): string {
  const groups = [...new Set(COMMANDS.map(({ group }) => group))]
  const silent = COMMANDS.filter(({ phrases }) => !phrases).map(({ title, silent: why }) => `| ${title} | ${why} |`)
  return `${HEAD}${groups.map(toGroup).join('')}\n## By hand alone\n\n| command | why |\n|---|---|\n${silent.join('\n')}\n`
}
