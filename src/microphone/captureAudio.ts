import { ProblemError, toProblem } from '../base/result.ts'
import { smoothLevel, toPeak } from '../domain/speech/level.ts'
import { FRAME_MS, SEGMENT_SAMPLE_RATE_HZ } from '../domain/speech/segment.ts'
import { keepRunning } from './audioContextState.ts'
import workletUrl from './capture.worklet.ts?worker&url'
import { FrameBlocks, toBlockSamples } from './frameBlocks.ts'
import { INSECURE_CONTEXT } from './microphoneProblems.ts'
import { watchTrack } from './watchTrack.ts'

/** `deviceId`: this microphone and no other; null: the one that the system prefers. */
export type GetStream = (deviceId: string | null) => Promise<MediaStream>
/** Without a rate: the rate of the device. */
export type CreateContext = (sampleRateHz?: number) => AudioContext

export interface CaptureEvents {
  /** 512 samples at 16 kHz, to keep. */
  onFrame(frame: Float32Array): void
  onLevel(level: number): void
  /** The device ended the stream; not called after `close`. */
  onLost(): void
  /** The system or a switch of the device has silenced it, or lets it be heard again. */
  onMuted(muted: boolean): void
  /** The browser holds the audio back (no gesture yet, a phone call), or lets it go again. */
  onSuspended(suspended: boolean): void
}

/** An open microphone. */
export interface Capture {
  /** Of the device itself, also where it was opened as the system's preferred one; empty where the browser does not tell. */
  readonly groupId: string
  /** Switches the microphone off; twice is harmless. */
  close(): void
}

export type OpenCapture = (events: CaptureEvents, deviceId: string | null) => Promise<Capture>

/** A level for every second frame: 15.6 a second, enough for a meter. */
const FRAMES_PER_LEVEL = 2

/**
 * Opens the microphone. Rejects with what getUserMedia or the audio graph threw (`toMicrophoneProblem` explains it);
 * nothing stays open then.
 */
export async function openCapture(
  events: CaptureEvents,
  deviceId: string | null,
  getStream: GetStream = requestStream,
  createContext: CreateContext = createSpeechContext,
): Promise<Capture> {
  if (getStream === requestStream && !navigator.mediaDevices?.getUserMedia) throw new ProblemError(INSECURE_CONTEXT)
  const stream = await getStream(deviceId)
  try {
    const graph = await connectStream(stream, createContext)
    return watchCapture(stream, graph, events)
  } catch (error) {
    stopTracks(stream)
    throw error
  }
}

/**
 * Echo cancellation and noise suppression bend the spectrum that the speech encoder reads, so they are off; gain
 * control stays on, because a quiet laptop microphone otherwise stays under Silero's threshold.
 */
function requestStream(deviceId: string | null): Promise<MediaStream> {
  const device = deviceId === null ? {} : { deviceId: { exact: deviceId } }
  return navigator.mediaDevices.getUserMedia({
    audio: { ...device, channelCount: 1, echoCancellation: false, noiseSuppression: false, autoGainControl: true },
  })
}

const createSpeechContext: CreateContext = (sampleRateHz) =>
  new AudioContext(sampleRateHz ? { sampleRate: sampleRateHz } : undefined)

interface Graph {
  readonly context: AudioContext
  readonly source: MediaStreamAudioSourceNode
  readonly node: AudioWorkletNode
}

/** At 16 kHz where the browser resamples by itself, else (Firefox: NotSupportedError) at the rate of the device. */
async function connectStream(stream: MediaStream, createContext: CreateContext): Promise<Graph> {
  try {
    return await buildGraph(stream, createContext(SEGMENT_SAMPLE_RATE_HZ))
  } catch (error) {
    if (!(error instanceof DOMException) || error.name !== 'NotSupportedError') throw error
    return await buildGraph(stream, createContext())
  }
}

async function buildGraph(stream: MediaStream, context: AudioContext): Promise<Graph> {
  try {
    const source = context.createMediaStreamSource(stream)
    await loadWorklet(context)
    const node = new AudioWorkletNode(context, 'voxct-capture', {
      channelCount: 1,
      channelCountMode: 'explicit',
      processorOptions: { blockSamples: toBlockSamples(context.sampleRate) },
    })
    source.connect(node)
    // Its output is silence; a node that leads nowhere is not pulled by every browser.
    node.connect(context.destination)
    return { context, source, node }
  } catch (error) {
    void context.close().catch(() => undefined)
    throw error
  }
}

/** Its failure is an AbortError, which from getUserMedia would mean a busy microphone. */
async function loadWorklet(context: AudioContext): Promise<void> {
  try {
    await context.audioWorklet.addModule(workletUrl)
  } catch (error) {
    const nextStep = 'Reload the page; if it stays, the files on the server are incomplete.'
    throw new ProblemError({ ...toProblem(error), code: 'microphone-worklet-failed', nextStep })
  }
}

async function watchCapture(stream: MediaStream, graph: Graph, events: CaptureEvents): Promise<Capture> {
  const onFrame = meterFrames(events)
  const blocks = new FrameBlocks(graph.context.sampleRate, onFrame)
  graph.node.port.onmessage = (message: MessageEvent<Float32Array>) => blocks.take(message.data)
  const [track] = stream.getAudioTracks()
  const stopWatchingTrack = watchTrack(track, events)
  const stopWatching = await keepRunning(graph.context, (suspended) => events.onSuspended(suspended))
  let closed = false
  const close = () => {
    if (closed) return
    closed = true
    stopWatching()
    stopWatchingTrack()
    closeGraph(graph)
    stopTracks(stream)
  }
  return { close, groupId: track?.getSettings().groupId ?? '' }
}

function meterFrames(events: CaptureEvents): (frame: Float32Array) => void {
  let level = 0
  let frameCount = 0
  return (frame) => {
    level = smoothLevel(level, toPeak(frame), FRAME_MS)
    frameCount += 1
    if (frameCount % FRAMES_PER_LEVEL === 0) events.onLevel(level)
    events.onFrame(frame)
  }
}

/** Listeners first, so that no frame comes from a half-closed graph; the context last, as it owns the nodes. */
function closeGraph({ context, source, node }: Graph): void {
  node.port.onmessage = null
  node.port.close()
  source.disconnect()
  node.disconnect()
  void context.close().catch(() => undefined)
}

function stopTracks(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop()
}
