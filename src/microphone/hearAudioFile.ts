import { failure, type Problem, ProblemError, type Result, success } from '../base/result.ts'
import { resampleAudio } from '../domain/speech/resample.ts'
import { FRAME_SAMPLES, SEGMENT_SAMPLE_RATE_HZ, type SpeechSegment } from '../domain/speech/segment.ts'
import type { Utterance } from '../domain/speech/utterance.ts'
import { parseWavLayout, repairWavHeader } from '../domain/speech/wavHeader.ts'
import {
  MAX_FILE_MINUTES,
  toEmptyProblem,
  toSilentProblem,
  toSoftProblem,
  toTooLongProblem,
  toUndecodableProblem,
  toUnreadableProblem,
} from './audioFileProblems.ts'
import { type AudioDecoder, browserDecoder } from './decodeAudio.ts'
import { makeUtterance } from './makeUtterance.ts'
import type { VadModel } from './microphone.ts'
import { MICROPHONE_RECORDING, toVadProblem } from './microphoneProblems.ts'
import { findSoftSpeech } from './softSpeech.ts'
import { toMono } from './toMono.ts'
import { claimVad, isHeldByMicrophone } from './vadClaim.ts'
import { VadGate } from './vadGate.ts'
import { VadSegmenter } from './vadSegmenter.ts'

export interface HearingOptions {
  /** The study that the recording was given to. */
  readonly studyId?: string | null
  readonly decoder?: AudioDecoder
  /** Aborting rejects with the signal's reason and frees the model. */
  readonly signal?: AbortSignal
  /** Share of the file heard, 0…1, about once a second of audio. */
  readonly onProgress?: (fraction: number) => void
  /** What the user should know beside the utterances: `speech-too-soft`. */
  readonly onNotice?: (notice: Problem) => void
}

const FRAMES_PER_PROGRESS = 32
/** The thriftiest speech codecs take 4 kbit/s. */
const LEAST_BYTES_PER_SECOND = 500

/**
 * The utterances of an audio file in order, cut as the microphone's are. Problems name the file: `audio-unreadable`,
 * `audio-empty`, `audio-undecodable`, `audio-too-long`, `no-speech`, `speech-too-soft`; also `vad-failed` and `microphone-recording`.
 */
export async function hearAudioFile(
  file: File,
  vad: VadModel,
  { studyId = null, decoder = browserDecoder, signal, onProgress, onNotice }: HearingOptions = {},
): Promise<Result<Utterance[]>> {
  if (isHeldByMicrophone(vad)) return failure(MICROPHONE_RECORDING)
  const decoded = await decodeFile(file, decoder)
  signal?.throwIfAborted()
  if (!decoded.ok) return decoded
  const releaseVad = await claimVad(vad, 'file')
  try {
    await vad.loadVad()
    const segments = await segmentAudio(decoded.value, vad, signal, onProgress)
    const soft = await findSoftSpeech(decoded.value, segments, vad, signal)
    if (segments.length === 0) return failure(soft ? toSoftProblem(file.name, soft) : toSilentProblem(file.name))
    if (soft) onNotice?.(toSoftProblem(file.name, soft))
    return success(segments.map((segment) => makeUtterance(segment, 'file', studyId)))
  } catch (error) {
    signal?.throwIfAborted()
    return failure(toVadProblem(error))
  } finally {
    releaseVad()
  }
}

/** Mono samples at 16 kHz. */
async function decodeFile(file: File, decoder: AudioDecoder): Promise<Result<Float32Array>> {
  try {
    const bytes = repairWavHeader(await readBytes(file))
    await refuseTooLong(file, bytes, decoder)
    const audio = await decodeBytes(file.name, bytes, decoder)
    if (audio.length === 0) return failure(toEmptyProblem(file.name))
    return success(audio)
  } catch (error) {
    if (error instanceof ProblemError) return failure(error.problem)
    throw error
  }
}

async function readBytes(file: File): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = await file.arrayBuffer().catch(() => stopWith(toUnreadableProblem(file.name)))
  if (bytes.byteLength === 0) stopWith(toEmptyProblem(file.name))
  return new Uint8Array(bytes)
}

/** Before decoding, because hours of compressed audio would fill the memory before their length is known. */
async function refuseTooLong(file: File, bytes: Uint8Array, decoder: AudioDecoder): Promise<void> {
  const wav = parseWavLayout(bytes)
  if (wav && wav.presentBytes === 0) stopWith(toEmptyProblem(file.name))
  const seconds = wav?.bytesPerSecond ? wav.presentBytes / wav.bytesPerSecond : await decoder.readDurationSec(file)
  // A header may claim any length; what cannot be said in so few bytes is decoded and measured.
  const isPossible = seconds !== null && bytes.length / seconds >= LEAST_BYTES_PER_SECOND
  if (isPossible && seconds > MAX_FILE_MINUTES * 60) stopWith(toTooLongProblem(file.name, seconds))
}

async function decodeBytes(name: string, bytes: Uint8Array<ArrayBuffer>, decoder: AudioDecoder) {
  const decoded = await decoder.decode(bytes.buffer).catch(() => stopWith(toUndecodableProblem(name)))
  const seconds = decoded.length / decoded.sampleRate
  if (seconds > MAX_FILE_MINUTES * 60) stopWith(toTooLongProblem(name, seconds))
  return resampleAudio(toMono(decoded), decoded.sampleRate, SEGMENT_SAMPLE_RATE_HZ)
}

async function segmentAudio(
  audio: Float32Array,
  vad: VadModel,
  signal: AbortSignal | undefined,
  onProgress: ((fraction: number) => void) | undefined,
): Promise<SpeechSegment[]> {
  const segments: SpeechSegment[] = []
  const events = { onSpeaking: () => {}, onSegment: (segment: SpeechSegment) => segments.push(segment) }
  const segmenter = new VadSegmenter(new VadGate(vad), events)
  const frameCount = Math.ceil(audio.length / FRAME_SAMPLES)
  for (let index = 0; index < frameCount; index += 1) {
    signal?.throwIfAborted()
    await segmenter.process(toFrame(audio, index))
    if (index % FRAMES_PER_PROGRESS === 0) onProgress?.(index / frameCount)
  }
  segmenter.finish()
  return segments.map((segment) => endWithin(segment, audio.length))
}

/** The last frame is filled up with silence. */
function toFrame(audio: Float32Array, index: number): Float32Array {
  const frame = new Float32Array(FRAME_SAMPLES)
  frame.set(audio.subarray(index * FRAME_SAMPLES, (index + 1) * FRAME_SAMPLES))
  return frame
}

/** Without the silence that filled up the last frame. */
function endWithin(segment: SpeechSegment, fileSamples: number): SpeechSegment {
  const endMs = Math.min(segment.endMs, (fileSamples * 1000) / SEGMENT_SAMPLE_RATE_HZ)
  const sampleCount = Math.round(((endMs - segment.startMs) * SEGMENT_SAMPLE_RATE_HZ) / 1000)
  return { ...segment, audio: segment.audio.slice(0, sampleCount), endMs }
}

function stopWith(problem: Problem): never {
  throw new ProblemError(problem)
}
