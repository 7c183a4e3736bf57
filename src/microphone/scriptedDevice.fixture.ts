import type { Problem } from '../base/result.ts'
import type { CapturedSpeech } from '../domain/speech/captured.ts'
import type { Utterance } from '../domain/speech/utterance.ts'
import type { CaptureEvents, OpenCapture } from './captureAudio.ts'
import { createMicrophone } from './createMicrophone.ts'
import { ScriptedVad, toFrame, toScript } from './scriptedVad.fixture.ts'

/** A device that opens when told, and speaks frames from a script. */
class ScriptedDevice {
  events: CaptureEvents | null = null
  openCount = 0
  closeCount = 0
  refusal: unknown = null
  ready: Promise<void> = Promise.resolve()

  readonly open: OpenCapture = async (events) => {
    this.openCount += 1
    await this.ready
    if (this.refusal) throw this.refusal
    this.events = events
    return {
      close: () => {
        this.closeCount += 1
      },
    }
  }

  speak(script: readonly number[]): void {
    for (const probability of script) this.events?.onFrame(toFrame(probability))
  }
}

export function setUp(vad = new ScriptedVad()) {
  const device = new ScriptedDevice()
  const statuses: string[] = []
  const utterances: Utterance[] = []
  const problems: Problem[] = []
  const captured: CapturedSpeech[] = []
  const events = {
    onStatus: (status: string) => statuses.push(status),
    onLevel: () => {},
    onUtterance: (utterance: Utterance) => utterances.push(utterance),
    onCaptured: (some: CapturedSpeech) => captured.push(some),
    onProblem: (problem: Problem) => problems.push(problem),
  }
  const microphone = createMicrophone({ vad, events, openCapture: device.open, releaseTailMs: 0 })
  const toCodes = () => problems.map((problem) => problem.code)
  const toRanges = () => utterances.map(({ startMs, endMs }) => [startMs / 32, endMs / 32])
  return { microphone, device, vad, statuses, utterances, captured, problems, toCodes, toRanges }
}

export function createGate() {
  let open = () => {}
  const gate = new Promise<void>((resolve) => {
    open = resolve
  })
  return { gate, open }
}

export const SENTENCE = toScript([0.1, 30], [0.9, 20], [0.1, 40])
