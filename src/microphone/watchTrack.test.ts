import { expect, it } from 'vitest'
import { watchTrack } from './watchTrack.ts'

class FakeTrack extends EventTarget {
  muted = false
  readyState: MediaStreamTrackState = 'live'

  set(muted: boolean): void {
    this.muted = muted
    this.dispatchEvent(new Event(muted ? 'mute' : 'unmute'))
  }
}

function watch(track: FakeTrack) {
  const told: string[] = []
  const stop = watchTrack(track, {
    onMuted: (muted) => told.push(muted ? 'muted' : 'heard'),
    onLost: () => told.push('lost'),
  })
  return { told, stop }
}

it('tells that a track is silenced and heard again, and that its device is gone', () => {
  const track = new FakeTrack()
  const { told } = watch(track)
  track.set(true)
  track.set(false)
  track.dispatchEvent(new Event('ended'))
  expect(told).toEqual(['muted', 'heard', 'lost'])
})

it('tells what was so before it was asked, and nothing after it was stopped', () => {
  const track = new FakeTrack()
  track.muted = true
  const { told, stop } = watch(track)
  expect(told).toEqual(['muted'])
  stop()
  track.set(false)
  track.dispatchEvent(new Event('ended'))
  expect(told).toEqual(['muted'])
  const gone = new FakeTrack()
  gone.readyState = 'ended'
  expect(watch(gone).told).toEqual(['lost'])
})
