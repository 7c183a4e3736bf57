import { SEGMENT_SAMPLE_RATE_HZ } from '../domain/speech/segment.ts'

/** The part of a browser's AudioBuffer that is used. */
export type DecodedAudio = Pick<AudioBuffer, 'length' | 'sampleRate' | 'numberOfChannels' | 'getChannelData'>

/** What a file needs from the browser. */
export interface AudioDecoder {
  /** Seconds by the file's own metadata, before anything is decoded; null where they do not tell. */
  readDurationSec(file: Blob): Promise<number | null>
  /** Rejects for what is no audio. */
  decode(bytes: ArrayBuffer): Promise<DecodedAudio>
}

/** How long metadata may take: a player that does not answer is no reason not to decode. */
const METADATA_PATIENCE_MS = 3000

export const browserDecoder: AudioDecoder = { readDurationSec, decode: decodeAt16kHz }

/** An OfflineAudioContext resamples while it decodes, and needs no gesture and no sound card. */
function decodeAt16kHz(bytes: ArrayBuffer): Promise<DecodedAudio> {
  return new OfflineAudioContext(1, 1, SEGMENT_SAMPLE_RATE_HZ).decodeAudioData(bytes)
}

async function readDurationSec(file: Blob): Promise<number | null> {
  const url = URL.createObjectURL(file)
  const player = new Audio()
  player.preload = 'metadata'
  const seconds = await new Promise<number>((resolve) => {
    const timer = setTimeout(() => resolve(Number.NaN), METADATA_PATIENCE_MS)
    const settle = () => {
      clearTimeout(timer)
      resolve(player.duration)
    }
    player.onloadedmetadata = settle
    player.onerror = settle
    player.src = url
  })
  player.removeAttribute('src')
  URL.revokeObjectURL(url)
  return Number.isFinite(seconds) ? seconds : null
}
