import type { Transcription } from '../domain/speech/transcription.ts'
import type { TranscriberEngine } from '../inference/engines.ts'

/** The same transcriber, which writes a sound down once, whoever asks: as a command that it may be, then as dictation. */
export function writeOnce(transcriber: TranscriberEngine): TranscriberEngine {
  const written = new WeakMap<Float32Array, Promise<Transcription | null>>()
  return {
    load: (...parameters) => transcriber.load(...parameters),
    wake: () => transcriber.wake(),
    hearPart: (...parameters) => transcriber.hearPart(...parameters),
    dispose: () => transcriber.dispose(),
    transcribe(audio) {
      const known = written.get(audio)
      if (known) return known
      const asked = transcriber.transcribe(audio)
      written.set(audio, asked)
      // What failed may work the next time; null is of no transcriber, and one may come.
      void asked.then((text) => text ?? written.delete(audio)).catch(() => written.delete(audio))
      return asked
    },
  }
}
