import type { Utterance } from '../domain/speech/utterance.ts'
import { encodeWav } from '../domain/speech/wavEncode.ts'

export interface Playback {
  /** Plays utterances one at a time; playing the same again stops it. */
  play(utterance: Utterance): void
  /** Nothing is heard any more, e.g. because another study is read: its reader must not hear words about this one. */
  stop(): void
}

export function createPlayback(onChange: (utteranceId: string | null) => void): Playback {
  let playing: { readonly id: string; readonly element: HTMLAudioElement; readonly url: string } | null = null

  const stop = () => {
    if (!playing) return
    playing.element.pause()
    URL.revokeObjectURL(playing.url)
    playing = null
    onChange(null)
  }

  const play = (utterance: Utterance) => {
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
    element.play().catch(() => {
      if (playing?.element === element) stop()
    })
  }
  return { play, stop }
}
