import type { Problem } from '../base/result.ts'
import { SerialQueue } from '../base/serialQueue.ts'
import type { CapturedSpeech } from '../domain/speech/captured.ts'
import type { SpeechUnderWay } from '../domain/speech/live/underWay.ts'
import type { SpeechSegment } from '../domain/speech/segment.ts'
import type { Utterance } from '../domain/speech/utterance.ts'
import { FRAMES_A_LOOK, type FrameOwner, toCapturedStretches, type WaitingFrame } from './capturedStretches.ts'
import { makeUtterance } from './makeUtterance.ts'
import type { TalkPurpose, VadModel } from './microphone.ts'
import { NOTHING_HEARD, RELEASED_TOO_SOON, toVadProblem } from './microphoneProblems.ts'
import type { SpeechSink, SpeechSinkEvents } from './speechSink.ts'
import { TalkCollector } from './talkCollector.ts'
import { claimVad } from './vadClaim.ts'
import { VadGate } from './vadGate.ts'
import { VadSegmenter } from './vadSegmenter.ts'

export interface RecordingEvents {
  onSpeaking(speaking: boolean): void
  onUtterance(utterance: Utterance): void
  /** What was taken and is no utterance yet; no stretches: all of it was handed over or held no speech. */
  onCaptured(captured: CapturedSpeech): void
  /** Something to tell; the recording goes on. */
  onProblem(problem: Problem): void
  /** The recording cannot go on; what was under way has been handed over. */
  onFailure(problem: Problem): void
}

/**
 * From frames to utterances, in strict order: loading the model, frames, and the press and release of the talk key all
 * pass one queue. Frames are taken from the first moment, so words spoken while Silero loads are not lost.
 */
export class Recording {
  readonly #id = crypto.randomUUID()
  readonly #vad: VadModel
  readonly #gate: VadGate
  readonly #events: RecordingEvents
  readonly #queue = new SerialQueue()
  readonly #sinkEvents: SpeechSinkEvents
  #sink: SpeechSink | null = null
  #talk: TalkCollector | null = null
  #segmentsInTalk = 0
  /** Of what is said while the key is held. */
  #purpose: TalkPurpose = 'dictation'
  #frameCount = 0
  #vadWorks = true
  #releaseVad = () => {}
  #ended: Promise<void> | null = null
  /** Whose words the frames are that are taken out of the queue now. */
  #studyId: string | null
  /** Whose the frames are that come from the device now. */
  #owner: FrameOwner
  #takenCount = 0
  /** Frames in the queue, and the one that is being judged. */
  readonly #waiting: WaitingFrame[] = []

  constructor(vad: VadModel, events: RecordingEvents, talk: TalkPurpose | null, studyId: string | null) {
    this.#studyId = studyId
    this.#owner = { studyId, isCommand: talk === 'command' }
    this.#vad = vad
    this.#gate = new VadGate(vad)
    this.#events = events
    this.#sinkEvents = {
      onSpeaking: (speaking) => events.onSpeaking(speaking),
      onSegment: (segment) => this.#handOver(segment),
    }
    void this.#queue.add(() => this.#prepare(talk))
  }

  /** The next 512 samples of the microphone. */
  take(frame: Float32Array): void {
    if (this.#ended) return
    this.#waiting.push({ frame, number: this.#takenCount, owner: this.#owner })
    this.#takenCount += 1
    void this.#queue.add(async () => {
      await this.#process(frame)
      this.#waiting.shift()
    })
    if (this.#takenCount % FRAMES_A_LOOK === 0) this.#tellCaptured()
  }

  /**
   * Another study is read: frames that come from now on are words about it. Speech under way is handed over first, and
   * belongs to the study that was read when it began; this passes the queue of the frames, so that none changes hands.
   */
  changeStudy(studyId: string | null): void {
    if (this.#ended) return
    this.#owner = { ...this.#owner, studyId }
    void this.#queue.add(async () => {
      const talk = this.#talk
      this.#sink?.finish()
      this.#studyId = studyId
      if (talk) this.#continueTalk()
      else if (this.#sink) this.#segment()
    })
  }

  /** Speech that is not handed over yet, as far as its frames were judged. */
  underWay(): SpeechUnderWay | null {
    const speech = this.#ended ? null : this.#sink?.underWay()
    return speech?.isSpeech ? { ...speech, studyId: this.#studyId } : null
  }

  /** The talk key went down while recording hands-free: speech under way is handed over first. */
  beginTalk(purpose: TalkPurpose): void {
    if (this.#ended) return
    this.#owner = { ...this.#owner, isCommand: purpose === 'command' }
    void this.#queue.add(async () => {
      this.#sink?.finish()
      this.#purpose = purpose
      this.#collectTalk()
    })
  }

  /** The talk key came up and hands-free recording goes on. */
  endTalk(): void {
    if (this.#ended) return
    this.#owner = { ...this.#owner, isCommand: false }
    void this.#queue.add(async () => {
      this.#finishTalk(NOTHING_HEARD)
      this.#segment()
    })
  }

  /** Waits for the frames already taken, hands over what is under way and frees the model. Twice is harmless. */
  end({ quiet = false } = {}): Promise<void> {
    if (!this.#ended) this.#tellCaptured()
    this.#ended ??= this.#queue.add(async () => {
      try {
        if (this.#talk) this.#finishTalk(quiet ? null : this.#frameCount > 0 ? NOTHING_HEARD : RELEASED_TOO_SOON)
        else this.#sink?.finish()
      } finally {
        this.#sink = null
        this.#releaseVad()
        this.#tellCaptured()
      }
    })
    return this.#ended
  }

  async #prepare(talk: TalkPurpose | null): Promise<void> {
    this.#releaseVad = await claimVad(this.#vad, 'microphone')
    try {
      await this.#vad.loadVad()
    } catch (error) {
      this.#vadWorks = false
      this.#report(toVadProblem(error), talk !== null)
    }
    this.#purpose = talk ?? 'dictation'
    if (talk) this.#collectTalk()
    else if (this.#vadWorks) this.#segment()
  }

  async #process(frame: Float32Array): Promise<void> {
    if (!this.#sink) return
    this.#frameCount += 1
    try {
      await this.#sink.process(frame)
    } catch (error) {
      this.#vadWorks = false
      this.#talk?.trustNoVad()
      if (!this.#talk) this.#sink.finish()
      this.#report(toVadProblem(error), this.#talk !== null)
    }
  }

  /** While the talk key is down a broken VAD loses nothing; hands-free recording cannot do without it. */
  #report(problem: Problem, talking: boolean): void {
    if (talking) {
      this.#events.onProblem(problem)
      return
    }
    this.#sink = null
    this.#events.onFailure(problem)
  }

  #collectTalk(): void {
    this.#segmentsInTalk = 0
    this.#talk = new TalkCollector(this.#gate, this.#sinkEvents, this.#frameCount)
    if (!this.#vadWorks) this.#talk.trustNoVad()
    this.#sink = this.#talk
  }

  /** The key is still down: what was heard before counts when it is asked whether anything was. */
  #continueTalk(): void {
    const heard = this.#segmentsInTalk
    this.#collectTalk()
    this.#segmentsInTalk = heard
  }

  #segment(): void {
    if (this.#vadWorks) this.#sink = new VadSegmenter(this.#gate, this.#sinkEvents, this.#frameCount)
    else this.#report(toVadProblem('the model stopped during the last recording'), false)
  }

  #finishTalk(ifSilent: Problem | null): void {
    this.#talk?.finish()
    this.#talk = null
    this.#purpose = 'dictation'
    if (this.#segmentsInTalk === 0 && ifSilent) this.#events.onProblem(ifSilent)
  }

  #handOver(segment: SpeechSegment): void {
    if (this.#talk) this.#segmentsInTalk += 1
    const isCommand = this.#purpose === 'command'
    this.#events.onUtterance(makeUtterance(segment, 'microphone', this.#studyId, { isCommand, recordingId: this.#id }))
  }

  #tellCaptured(): void {
    const owner = { studyId: this.#studyId, isCommand: this.#purpose === 'command' }
    const stretches = toCapturedStretches(this.#sink?.underWay() ?? null, owner, this.#waiting)
    this.#events.onCaptured({ recordingId: this.#id, stretches })
  }
}
