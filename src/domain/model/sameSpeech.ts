import type { Manifest } from './manifest.ts'

const withoutPlace = (key: string, value: unknown): unknown => (key === 'file' || key === 'pack' ? undefined : value)

/**
 * Whether two packs hear with the very same encoder, wherever its files lie: then an utterance has the same embedding
 * in both. Files are compared by their sha256.
 */
export const isSameSpeech = (one: Manifest, other: Manifest): boolean =>
  one.speech !== undefined && JSON.stringify(one.speech, withoutPlace) === JSON.stringify(other.speech, withoutPlace)
