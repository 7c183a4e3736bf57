import type { VoiceTold } from '../../state/appState.ts'

const toNear = (near: readonly string[]): string =>
  near.length === 0 ? '' : ` Near it: ${near.map((phrase) => `“${phrase}”`).join(', ')}.`

/** What came of a command by voice, in a sentence. */
export function toVoiceText(told: VoiceTold): string {
  if (told.kind === 'done') return told.title
  if (told.kind === 'asked') return told.question
  if (told.kind === 'left') return `Left as it is: ${told.title}`
  if (told.kind === 'idle') return `“${told.title}” does nothing now`
  if (told.kind === 'range') return `${told.title}: ${told.slot} goes from ${told.min} to ${told.max}`
  if (told.kind === 'unknown') return `Not understood as a command; nothing was done.${toNear(told.near)}`
  return 'No word was heard; nothing was done.'
}
