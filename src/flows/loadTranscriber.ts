import { toProblem } from '../base/result.ts'
import type { TranscriberEngine } from '../inference/engines.ts'
import type { PackSession } from '../session/packSession.ts'
import type { Screen } from '../session/screen.ts'

export interface LoadTranscriberDeps {
  readonly screen: Screen
  readonly transcriber: TranscriberEngine
}

const toFailure = (thrown: unknown) => {
  const { code, message } = toProblem(thrown, 'transcriber')
  const nextStep =
    'Findings are heard all the same; the transcript comes from the small encoder until the models are loaded again.'
  return { code, message, nextStep }
}

/** Who does not speak gets it so much later: until then the scan and the page have the machine to themselves. */
const UNASKED_MS = 30_000

const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, UNASKED_MS))

/**
 * Loads the pack's transcriber behind the reader's back: when somebody speaks, or a while after `first` has settled. It
 * may fail alone, and is left out on a machine that is too small for it. Never rejects.
 */
export async function loadTranscriber(
  { screen, transcriber }: LoadTranscriberDeps,
  { pack, signal }: PackSession,
  first: Promise<unknown>,
): Promise<void> {
  screen.patch('model', { transcriberPhase: pack.manifest.speech?.transcriber ? 'working' : 'idle' })
  const report = (label: string, fraction: number | null) => {
    if (!signal.aborted) screen.patch('model', { transcriberProgress: { label, fraction } })
  }
  try {
    const info = await transcriber.load(pack, report, { signal, after: first.then(pause, pause) })
    if (signal.aborted) return
    screen.patch('model', { transcriberPhase: info ? 'ready' : 'idle', transcriberEngine: info })
  } catch (thrown) {
    if (signal.aborted) return
    screen.patch('model', { transcriberPhase: 'failed', transcriberEngine: null })
    screen.notify(toFailure(thrown), 'warning')
  } finally {
    if (!signal.aborted) screen.patch('model', { transcriberProgress: null })
  }
}
