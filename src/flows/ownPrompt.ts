import { type Problem, toProblem } from '../base/result.ts'
import type { OwnPrompt } from '../domain/findings/taught/ownFinding.ts'
import { toLabel } from '../domain/findings/taught/ownWords.ts'
import type { PackSession } from '../session/packSession.ts'
import { type AskTextDeps, tellNoTyping } from './askText.ts'
import { isSilent } from './saysNothing.ts'

const saysNothingHere = (text: string): Problem => ({
  code: 'prompt-says-nothing',
  message: `“${text}” says nothing of what this model's text encoder knows: a row for it would be chance.`,
  nextStep: 'Teach it by example instead: add it by name, then mark scans that show it and scans that do not.',
})

/** What is asked for, without the words around it: "Is there any honeycombing?" → "honeycombing". */
function toPromptWords(text: string): string {
  const [sentence] = text.trim().split(/(?<=[.!?])\s/)
  return sentence
    .replace(/[\s.!?,;:]+$/, '')
    .replace(/^(please\s+)?(show|find|look for|is there|are there|there is|there are|i see|do you see)\s+(me\s+)?/i, '')
    .replace(/^(a|an|any|the|some)\s+/i, '')
    .replace(/\s+(is|are)\s+(present|seen|there)$/i, '')
    .trim()
}

/** Words → embeddings of "… is present." and "… is not present."; null where they cannot be had, which the reader is told. */
export async function askForPrompt(deps: AskTextDeps, pack: PackSession, typed: string): Promise<OwnPrompt | null> {
  const text = toPromptWords(typed)
  if (text === '') return null
  if (deps.screen.get().model.textPhase !== 'ready') {
    tellNoTyping(deps)
    return null
  }
  try {
    const [positive, negative] = await Promise.all(
      [`${toLabel(text)} is present.`, `${toLabel(text)} is not present.`].map((one) =>
        deps.speechEngine.encodeText(one),
      ),
    )
    if (!isSilent(pack.pack, positive)) return { text, positive, negative }
    deps.screen.notify(saysNothingHere(text), 'warning')
  } catch (thrown) {
    if (!pack.signal.aborted)
      deps.screen.notify(toProblem(thrown, 'text-encoder', 'Ask again, or load the models again.'))
  }
  return null
}
