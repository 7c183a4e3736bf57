import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { resolve } from 'node:path'
import { FRAME_SAMPLES, type SpeechSegment } from '../../src/domain/speech/segment.ts'
import { SILERO_FILE, SileroVad } from '../../src/inference/worker/sileroVad.ts'
import { VadGate } from '../../src/microphone/vadGate.ts'
import { VadSegmenter } from '../../src/microphone/vadSegmenter.ts'
import { loadCheckedFile, orThrow } from '../../src/packs/fetch/packFiles.ts'

const MODEL = () => createRequire(resolve('package.json')).resolve(`@ricky0123/vad-web/dist/${SILERO_FILE.file}`)

/** Silero as the app has it; the runtime must be configured. */
export async function openCutter(): Promise<(audio: Float32Array) => Promise<SpeechSegment[]>> {
  const fromPackage = () => Promise.resolve(new Response(readFileSync(MODEL())))
  const vad = await SileroVad.open(await orThrow(loadCheckedFile('silero', SILERO_FILE, undefined, fromPackage)))
  const model = {
    loadVad: async () => undefined,
    resetVad: () => vad.reset(),
    vadProbability: (frame: Float32Array) => vad.probability(frame),
  }
  return async (audio) => {
    const segments: SpeechSegment[] = []
    await model.resetVad()
    const segmenter = new VadSegmenter(new VadGate(model), {
      onSpeaking: () => undefined,
      onSegment: (segment) => segments.push(segment),
    })
    for (let at = 0; at < audio.length; at += FRAME_SAMPLES) {
      const frame = new Float32Array(FRAME_SAMPLES)
      frame.set(audio.subarray(at, at + FRAME_SAMPLES))
      await segmenter.process(frame)
    }
    segmenter.finish()
    return segments
  }
}
