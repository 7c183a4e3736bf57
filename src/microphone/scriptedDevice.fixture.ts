import type { Problem } from '../base/result.ts'
import type { CapturedSpeech } from '../domain/speech/captured.ts'
import type { Utterance } from '../domain/speech/utterance.ts'
import type { CaptureEvents, OpenCapture } from './captureAudio.ts'
import { createMicrophone } from './createMicrophone.ts'
import type { DeviceNews, MicrophoneDevice } from './deviceNews.ts'
import { ScriptedVad, toFrame, toScript } from './scriptedVad.fixture.ts'

/** A device that opens when told, and speaks frames from a script. */
class ScriptedDevice {
  events: CaptureEvents | null = null
  openCount = 0
  closeCount = 0
  refusal: unknown = null
  ready: Promise<void> = Promise.resolve()
  /** The one that the system prefers. */
  groupId = 'built-in'
  /** As they were asked for. */
  readonly opened: (string | null)[] = []

  readonly open: OpenCapture = async (events, deviceId) => {
    this.openCount += 1
    this.opened.push(deviceId)
    await this.ready
    if (this.refusal) throw this.refusal
    this.events = events
    return {
      groupId: deviceId ?? this.groupId,
      close: () => {
        this.closeCount += 1
      },
    }
  }

  speak(script: readonly number[]): void {
    for (const probability of script) this.events?.onFrame(toFrame(probability))
  }
}

/** Devices that come and go when told. */
class ScriptedNews implements DeviceNews {
  devices: MicrophoneDevice[] = []
  allowed: boolean | null = true
  #tell = () => {}

  async list() {
    return this.devices
  }

  async isAllowed() {
    return this.allowed
  }

  onChange(tell: () => void) {
    this.#tell = tell
    return () => {
      this.#tell = () => {}
    }
  }

  change(): void {
    this.#tell()
  }
}

/** Nothing ever comes or goes. */
export const NO_NEWS: DeviceNews = new ScriptedNews()

export function setUp(vad = new ScriptedVad()) {
  const device = new ScriptedDevice()
  const statuses: string[] = []
  const utterances: Utterance[] = []
  const problems: Problem[] = []
  const faults: (string | null)[] = []
  const news = new ScriptedNews()
  const captured: CapturedSpeech[] = []
  const events = {
    onStatus: (status: string) => statuses.push(status),
    onLevel: () => {},
    onUtterance: (utterance: Utterance) => utterances.push(utterance),
    onCaptured: (some: CapturedSpeech) => captured.push(some),
    onProblem: (problem: Problem) => problems.push(problem),
    onFault: (fault: Problem | null) => faults.push(fault?.code ?? null),
  }
  const microphone = createMicrophone({ vad, events, openCapture: device.open, news, releaseTailMs: 0 })
  const toCodes = () => problems.map((problem) => problem.code)
  const toRanges = () => utterances.map(({ startMs, endMs }) => [startMs / 32, endMs / 32])
  return { microphone, device, news, vad, statuses, utterances, captured, problems, faults, toCodes, toRanges }
}

export function createGate() {
  let open = () => {}
  const gate = new Promise<void>((resolve) => {
    open = resolve
  })
  return { gate, open }
}

export const SENTENCE = toScript([0.1, 30], [0.9, 20], [0.1, 40])
