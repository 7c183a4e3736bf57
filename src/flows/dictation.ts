import type { Problem } from '../base/result.ts'
import type { Manifest } from '../domain/model/manifest.ts'
import { isSameSpeech } from '../domain/model/sameSpeech.ts'
import type { CapturedSpeech, CapturedStretch } from '../domain/speech/captured.ts'
import type { Utterance } from '../domain/speech/utterance.ts'
import type { StudyPlace } from '../domain/study/openStudy.ts'
import type { Desk } from '../session/desk.ts'
import type { PackSession } from '../session/packSession.ts'
import type { StudySession } from '../session/studySession.ts'
import type { UtteranceItem } from '../state/appState.ts'
import { FollowSpeech } from './followSpeech.ts'
import { failWaiting, forgetEmbeddings, hearAgain, SPEECH_MISSING } from './hearAgain.ts'
import { type HearFileDeps, hearFile } from './hearFile.ts'
import { addToTimeline, failUtterance, type HearUtteranceDeps, hearUtterance } from './hearUtterance.ts'
import { type IdentifyStudyDeps, noteStudy } from './identifyStudy.ts'
import { refreshPanel } from './panel.ts'
import type { ShowEvidenceDeps } from './showEvidence.ts'
import { restoreDictation } from './showStudy.ts'
import { SpeechSoFar, type SpokenAbout } from './speechSoFar.ts'
import { type Claim, VoiceCommands, type VoiceCommandsDeps } from './voiceCommands.ts'
import { withdrawUtterance } from './withdrawUtterance.ts'
import { type WriteDownDeps, writeDown } from './writeDown.ts'

export interface DictationDeps
  extends HearUtteranceDeps,
    WriteDownDeps,
    VoiceCommandsDeps,
    HearFileDeps,
    IdentifyStudyDeps,
    Pick<ShowEvidenceDeps, 'screen' | 'viewer'> {
  /** View, slice and crosshair now. */
  currentPlace(): StudyPlace | null
}

const noStudy = (name: string): Problem => ({
  code: 'no-study-for-audio',
  message: `${name} was not heard: there is no study that it could belong to.`,
  nextStep: 'Open a scan first, then drop the recording again.',
})

const scanNotOpened = (name: string): Problem => ({
  code: 'scan-of-audio-not-opened',
  message: `${name} was not heard: the scan that it came with did not open.`,
  nextStep: 'Dropped alone, it is heard as words about the study on screen.',
})

/** The beginning of an utterance, as one of its own. */
function untilSecond(utterance: Utterance, seconds: number): Utterance {
  const { id, audio, startMs, sampleRateHz } = utterance
  const part = audio.slice(0, Math.round(seconds * sampleRateHz))
  return { ...utterance, id: `${id}-1`, audio: part, endMs: startMs + seconds * 1000 }
}

/** What is spoken about each open study: heard and kept where it belongs, and heard again when the pack changes. */
export class Dictation {
  /** What made the utterances' embeddings. */
  #ears: { readonly manifest: Manifest; readonly variant: string | undefined } | null = null
  /** Where a person looked when the speech under way began. */
  #begun: {
    readonly studyId: string | null
    readonly place: StudyPlace | null
    readonly isCommand: boolean
    readonly isAsleep: boolean
  } | null = null
  readonly #follow = new FollowSpeech()
  readonly #commands: VoiceCommands
  readonly #soFar: SpeechSoFar

  constructor(
    private readonly deps: DictationDeps,
    private readonly desk: Desk,
    /** It is written down and no command. */
    private readonly onDictated: (study: StudySession, utteranceId: string) => void = () => undefined,
  ) {
    this.#commands = new VoiceCommands(deps)
    // Only the first words of a study change what a later visit has to know of it.
    const note = (study: StudySession, isSpokenAbout: boolean) => {
      if (!study.signal.aborted && study.state.dictation.utterances.length === 0)
        void noteStudy(deps.archive, study, isSpokenAbout)
    }
    this.#soFar = new SpeechSoFar({
      journal: deps.journal,
      toAbout: (stretch) => this.#toAbout(stretch),
      onBegin: (study) => note(study, true),
      onEnd: (study) => note(study, false),
    })
  }

  /** Speech begins, or goes on as another utterance: it is spoken at the place on screen now. */
  begin(): void {
    this.deps.transcriber.wake()
    const { mode, isAsleep } = this.deps.screen.get().voice
    const studyId = this.desk.read?.id ?? null
    this.#begun = { studyId, place: this.deps.currentPlace(), isCommand: mode === 'command', isAsleep }
  }

  /** What is being said, or may be: in the journal before it is an utterance, should the tab end before. */
  keepSoFar(captured: CapturedSpeech): void {
    this.#soFar.take(captured)
  }

  /** Nothing is kept of what is, or may be, a command as a whole. */
  #toAbout({ studyId, isCommand, isSpeech }: CapturedStretch): SpokenAbout | null {
    if (this.#isAsleep()) return null
    const isCommanding = isSpeech ? this.#begun?.isCommand : this.deps.screen.get().voice.mode === 'command'
    const study = isCommand || isCommanding || studyId === null ? null : this.desk.find(studyId)
    return study && { study, place: this.#placeOf(study) }
  }

  /** It slept when the speech began, or sleeps now. */
  #isAsleep(): boolean {
    return this.#begun?.isAsleep || this.deps.screen.get().voice.isAsleep
  }

  /** The microphone is off: rows that stood still while it was on move into their order. */
  end(): void {
    for (const study of this.desk.sessions) refreshPanel(this.deps.screen, study)
  }

  /**
   * An utterance of the microphone: a command, of which nothing is kept, or dictation, heard and kept with its own study, whichever
   * is read by now.
   */
  async hear(utterance: Utterance): Promise<void> {
    if (this.#isAsleep() && !utterance.isCommand) return this.#commands.wake(utterance)
    if (utterance.isCommand || this.#begun?.isCommand) return this.#commands.run(utterance)
    const study = utterance.studyId === null ? null : this.desk.find(utterance.studyId)
    if (!study) return this.deps.screen.notify(noStudy('What was said'))
    const { live } = this.deps.screen.get().microphone
    this.#add(study, [utterance])
    const isAwaited = this.#commands.mayBeLed(utterance, `${live?.settled ?? ''} ${live?.unsettled ?? ''}`.trim())
    const claim = isAwaited ? await this.#commands.claim(utterance) : null
    if (claim && claim.kind !== 'dictation') return this.#divide(study, utterance, claim)
    await this.#hear(study, utterance)
  }

  /** What was a command is withdrawn from the dictation; what was said before it in the same breath stays. */
  async #divide(
    study: StudySession,
    utterance: Utterance,
    claim: Exclude<Claim, { kind: 'dictation' }>,
  ): Promise<void> {
    const former = study.state.dictation.utterances.find(({ id }) => id === utterance.id)
    withdrawUtterance(this.deps.journal, study, utterance.id)
    refreshPanel(this.deps.screen, study)
    if (claim.kind === 'command') return void noteStudy(this.deps.archive, study)
    const before = untilSecond(utterance, claim.untilSeconds)
    this.#add(study, [before], former)
    await this.#hear(study, before)
  }

  /** One that nobody had written down on an earlier visit may be a command: it is withdrawn, and not run any more. */
  #sift(study: StudySession, utterance: Utterance): void {
    const { id } = utterance
    const item = study.state.dictation.utterances.find((one) => one.id === id)
    if (!study.unclaimed.has(id) || !item || item.transcript === null) return
    study.unclaimed.delete(id)
    const claim = item.edits.text === null ? this.#commands.claimLate(item.transcript, item.words) : null
    if (claim && claim.kind !== 'dictation') void this.#divide(study, utterance, claim)
  }

  /** A recording belongs to the study that it is given to, however soon another one is read. */
  async hearFile(file: File, study = this.desk.read): Promise<void> {
    if (!study) return this.deps.screen.notify(noStudy(file.name))
    const heard = await hearFile(this.deps, study, file)
    if (!heard) return
    if (!heard.ok) return this.deps.screen.notify(heard.problem)
    this.#add(study, heard.value)
    for (const utterance of heard.value) await this.#hear(study, utterance)
  }

  /** The study that a recording came with did not open. */
  refuseFile(file: File): void {
    this.deps.screen.notify(scanNotOpened(file.name))
  }

  /** Recordings that are being cut are given up. */
  cancel(): void {
    for (const study of this.desk.sessions) {
      study.files.end()
      study.show('dictation', { fileProgress: null })
    }
  }

  /** The sound of an utterance of the study being read. */
  find(utteranceId: string): Utterance | null {
    return this.desk.read?.utterances.get(utteranceId) ?? null
  }

  /** What lies under another id is this study's, as a person says. */
  async adopt(storedUnder: string): Promise<void> {
    const study = this.desk.read
    if (!study) return
    await this.deps.journal.adopt(storedUnder, study.id)
    this.#dropOffer(study, storedUnder)
    await this.#restoreAgain(study)
  }

  /** What has come into the journal meanwhile, e.g. by another tab that had the study, joins what is here. */
  async #restoreAgain(study: StudySession): Promise<void> {
    study.isRestored = false
    await restoreDictation(this.deps.journal, study)
    void noteStudy(this.deps.archive, study)
    await this.hearAgain(study)
  }

  /** Whether another tab has the study; once it has not, what was said there is brought in. */
  setElsewhere(study: StudySession, isElsewhere: boolean): void {
    const { isElsewhere: wasElsewhere } = study.state.dictation
    study.show('dictation', { isElsewhere })
    if (wasElsewhere && !isElsewhere) void this.#restoreAgain(study)
  }

  /** The offer is not wanted; what it names stays where it is. */
  decline(storedUnder: string): void {
    if (this.desk.read) this.#dropOffer(this.desk.read, storedUnder)
  }

  /** Embeddings stay where the new pack hears with the very encoder that made them. */
  takePack({ pack: { manifest } }: PackSession): void {
    const variant = this.deps.screen.get().model.speechEngine?.variant
    const isSame = this.#ears?.variant === variant && isSameSpeech(this.#ears?.manifest ?? manifest, manifest)
    if (this.#ears && !isSame) for (const study of this.desk.sessions) forgetEmbeddings(study)
    this.#ears = { manifest, variant }
  }

  /** Embeddings are not kept over a reload: restored utterances are encoded again. */
  async hearAgain(study: StudySession): Promise<void> {
    const { pack } = this.desk
    if (pack) await hearAgain(this.deps, pack, study, (utterance) => this.#sift(study, utterance))
    if (pack === this.desk.pack) refreshPanel(this.deps.screen, study)
  }

  /** No model will hear those that wait. */
  giveUp(): void {
    for (const study of this.desk.sessions) failWaiting(this.deps, study)
  }

  /** `former`: what they are a part of. */
  #add(study: StudySession, utterances: readonly Utterance[], former?: UtteranceItem): void {
    const isFirst = study.state.dictation.utterances.length === 0
    const place = former ? former.place : this.#placeOf(study)
    for (const utterance of utterances) addToTimeline(this.deps.journal, study, utterance, place, former?.isRecovered)
    if (isFirst) void noteStudy(this.deps.archive, study)
  }

  /** An utterance of the timeline; the study's list of similar cases follows what was said last. */
  async #hear(study: StudySession, utterance: Utterance): Promise<void> {
    const start = performance.now()
    const { pack } = this.desk
    const { phase, speechReady } = this.deps.screen.get().model
    let isHeard = false
    if (pack && speechReady) {
      isHeard = await hearUtterance(this.deps, pack, study, utterance)
      if (!isHeard && pack.signal.aborted) return
    } else {
      // While the models load it waits for them.
      if (phase === 'working') {
        if (utterance.source === 'microphone') study.unclaimed.add(utterance.id)
        return
      }
      failUtterance(this.deps, study, utterance.id, SPEECH_MISSING)
    }
    refreshPanel(this.deps.screen, study)
    performance.measure('voxct:end-of-speech-to-panel', { start, detail: utterance.id })
    if (!isHeard || !pack) return
    const followWritten = this.#follow.heard(pack, study, utterance.id)
    void writeDown(this.deps, pack, study, utterance).then(() => {
      const written = study.state.dictation.utterances.find(({ id }) => id === utterance.id)
      const isSpoken = utterance.source === 'microphone' && written !== undefined
      const claim = isSpoken ? this.#commands.claimWritten(written.transcript, written.words) : null
      if (claim && claim.kind !== 'dictation') return void this.#divide(study, utterance, claim)
      followWritten()
      if (written) this.onDictated(study, utterance.id)
    })
  }

  #dropOffer(study: StudySession, storedUnder: string): void {
    const offers = study.state.dictation.offers.filter((offer) => offer.storedUnder !== storedUnder)
    study.show('dictation', { offers })
  }

  #placeOf(study: StudySession): StudyPlace | null {
    if (this.#begun?.studyId === study.id) return this.#begun.place
    return this.desk.read === study ? this.deps.currentPlace() : null
  }
}
