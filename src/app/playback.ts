import type { Utterance } from '../domain/speech/utterance.ts'
import { encodeWav } from '../domain/speech/wavEncode.ts'

/** Plays utterances one at a time; playing the same again stops it. */
export function createPlayback(onChange: (utteranceId: string | null) => void): (utterance: Utterance) => void {
  let playing: { readonly id: string; readonly element: HTMLAudioElement; readonly url: string } | null = null

  const stop = () => {
    if (!playing) return
    playing.element.pause()
    URL.revokeObjectURL(playing.url)
    playing = null
    onChange(null)
  }

  return (utterance) => {
    const wasPlaying = playing?.id
    stop()
    if (wasPlaying === utterance.id) return
    const url = URL.createObjectURL(
      new Blob([encodeWav(utterance.audio, utterance.sampleRateHz)], { type: 'audio/wav' }),
    )
    const element = new Audio(url)
    playing = { id: utterance.id, element, url }
    element.addEventListener('ended', stop)
    onChange(utterance.id)
    element.play().catch(stop)
  }
}
