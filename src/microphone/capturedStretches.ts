import type { CapturedStretch } from '../domain/speech/captured.ts'
import { FRAME_MS, joinFrames } from '../domain/speech/segment.ts'
import type { SinkSpeech } from './speechSink.ts'

/** Whose words a frame holds. */
export type FrameOwner = Pick<CapturedStretch, 'studyId' | 'isCommand'>

/** A frame that the VAD has not judged yet. */
export interface WaitingFrame {
  readonly frame: Float32Array
  /** Of its recording, from 0. */
  readonly number: number
  readonly owner: FrameOwner
}

/** 0.26 s: how often it is told what was captured, and how many frames may wait before they count as captured without speech. */
export const FRAMES_A_LOOK = 8

interface Group extends FrameOwner {
  readonly speech: SinkSpeech | null
  readonly frames: Float32Array[]
  readonly firstFrame: number
}

const isSameOwner = (a: FrameOwner, b: FrameOwner): boolean => a.studyId === b.studyId && a.isCommand === b.isCommand

/**
 * Speech under way and the frames behind it that still wait: while the model loads or is busy, they are all there is. Frames that
 * wait behind silence are a stretch only where they are many, so that silence is none as long as the VAD keeps up.
 */
export function toCapturedStretches(
  speech: SinkSpeech | null,
  owner: FrameOwner,
  waiting: readonly WaitingFrame[],
): CapturedStretch[] {
  const judgedFrames = speech ? Math.round(speech.endMs / FRAME_MS) : 0
  const unjudged = waiting.filter(({ number }) => number >= judgedFrames)
  if (!speech && unjudged.length < FRAMES_A_LOOK) return []
  const groups: Group[] = speech ? [{ ...owner, speech, frames: [], firstFrame: judgedFrames }] : []
  for (const { frame, number, owner: itsOwner } of unjudged) {
    const last = groups.at(-1)
    if (last && isSameOwner(last, itsOwner)) last.frames.push(frame)
    else groups.push({ ...itsOwner, speech: null, frames: [frame], firstFrame: number })
  }
  return groups.map(toStretch)
}

function toStretch({ speech, frames, firstFrame, studyId, isCommand }: Group): CapturedStretch {
  const unjudgedMs = firstFrame * FRAME_MS
  return {
    studyId,
    isCommand,
    isSpeech: speech?.isSpeech ?? false,
    startMs: speech?.startMs ?? unjudgedMs,
    endMs: unjudgedMs + frames.length * FRAME_MS,
    takeFrom(ms) {
      const rest = frames.slice(Math.max(0, Math.floor((ms - unjudgedMs) / FRAME_MS)))
      return speech && ms < speech.endMs ? joinFrames([speech.takeFrom(ms), ...rest]) : joinFrames(rest)
    },
  }
}
