type Track = Pick<MediaStreamTrack, 'muted' | 'readyState' | 'addEventListener' | 'removeEventListener'>

interface TrackEvents {
  onMuted(muted: boolean): void
  onLost(): void
}

/**
 * Tells what becomes of the track of a microphone: silenced, also from the beginning, or ended, also before anyone listened. Gives
 * the function that stops it; after that nothing is told.
 */
export function watchTrack(track: Track, { onMuted, onLost }: TrackEvents): () => void {
  const tellMuted = () => onMuted(track.muted)
  const changes = ['mute', 'unmute'] as const
  track.addEventListener('ended', onLost)
  for (const change of changes) track.addEventListener(change, tellMuted)
  if (track.muted) tellMuted()
  if (track.readyState === 'ended') onLost()
  return () => {
    track.removeEventListener('ended', onLost)
    for (const change of changes) track.removeEventListener(change, tellMuted)
  }
}
