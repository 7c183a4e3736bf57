import { refuseSpokenName, tidyName } from '../domain/dictatedReport/ownTemplate.ts'
import { toSpokenWords } from '../domain/voice/spokenWords.ts'
import type { AppState } from '../state/appState.ts'
import { selectTemplates } from '../state/templateSelectors.ts'
import { interpret } from './interpret.ts'
import { findEntry } from './table.ts'

const INSERT = 'report.insert'

/** What words mean as a command, whether it would do anything now or not. */
function toMeaning(words: string, state: AppState) {
  const found = interpret(toSpokenWords(words), state)
  return found.kind === 'unknown' ? null : { ...found, title: findEntry(found.id).title }
}

/**
 * Why a template of the reader's own cannot bear a name, in a sentence; null: it can. Asked for by voice it must be that template, and
 * the name alone must be no command, nor what another template is called. `id`: of the template that has the name now.
 */
export function refuseTemplateName(state: AppState, name: string, id: string | null): string | null {
  const own = state.templates.own.filter((one) => one.id !== id)
  const others: AppState = { ...state, templates: { ...state.templates, own } }
  const spoken = tidyName(name)
  const refusal = refuseSpokenName(spoken, [...selectTemplates(others).map((one) => one.name), 'Default'])
  if (refusal) return refusal
  const alone = toMeaning(spoken, others)
  if (alone) return `“${spoken}” is said for a command: ${alone.title}.`
  const before = toMeaning(`insert ${spoken}`, others)
  if (before && 'slots' in before)
    return before.id === INSERT
      ? `It sounds like the template “${before.slots.template}”.`
      : `“Insert ${spoken}” is said for a command: ${before.title}.`
  const made = { id: 'new', createdAtMs: 0, name: spoken, sentences: [] }
  const after = toMeaning(`insert ${spoken}`, { ...others, templates: { ...others.templates, own: [...own, made] } })
  const isIt = after && 'slots' in after && after.id === INSERT && after.slots.template === spoken
  return isIt ? null : 'It is not understood when it is said: take another name.'
}
