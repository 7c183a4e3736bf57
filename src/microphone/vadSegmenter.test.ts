import { describe, expect, test } from 'vitest'
import { FRAME_MS, SEGMENT_SETTINGS, type SpeechSegment } from '../domain/speech/segment.ts'
import { ScriptedVad, toFrame, toScript } from './scriptedVad.fixture.ts'
import { VadGate } from './vadGate.ts'
import { VadSegmenter } from './vadSegmenter.ts'

const PAD_FRAMES = 9
const REDEMPTION_FRAMES = 18
const MAX_FRAMES = 687

async function segment(script: readonly number[], { finish = false, firstFrame = 0 } = {}) {
  const segments: SpeechSegment[] = []
  const speaking: boolean[] = []
  const events = {
    onSpeaking: (isSpeaking: boolean) => speaking.push(isSpeaking),
    onSegment: (found: SpeechSegment) => segments.push(found),
  }
  const segmenter = new VadSegmenter(new VadGate(new ScriptedVad()), events, firstFrame)
  for (const probability of script) await segmenter.process(toFrame(probability))
  if (finish) segmenter.finish()
  return { segments, speaking }
}

const toFrameRange = ({ startMs, endMs }: SpeechSegment) => [startMs / FRAME_MS, endMs / FRAME_MS]

describe('the beginning and end of speech', () => {
  test('a segment runs from the pad before the first speech frame to the end of the redemption', async () => {
    const { segments, speaking } = await segment(toScript([0.1, 30], [0.9, 20], [0.1, 40]))
    expect(segments.map(toFrameRange)).toEqual([[30 - PAD_FRAMES, 50 + REDEMPTION_FRAMES]])
    expect(segments[0].audio).toHaveLength((PAD_FRAMES + 20 + REDEMPTION_FRAMES) * 512)
    expect(speaking).toEqual([true, false])
  })

  test('the audio is that of the frames, in order', async () => {
    const { segments } = await segment(toScript([0.1, 30], [0.9, 20], [0.1, 40]))
    const heads = Array.from({ length: 47 }, (_, frame) => segments[0].audio[frame * 512].toFixed(1))
    expect(heads).toEqual(toScript([0.1, PAD_FRAMES], [0.9, 20], [0.1, REDEMPTION_FRAMES]).map((p) => p.toFixed(1)))
  })

  test('a pause of one frame less than the redemption stays inside one segment', async () => {
    const pause = REDEMPTION_FRAMES - 1
    const { segments } = await segment(toScript([0.9, 20], [0.1, pause], [0.9, 20], [0.1, 40]))
    expect(segments.map(toFrameRange)).toEqual([[0, 40 + pause + REDEMPTION_FRAMES]])
  })

  test('a longer pause makes two segments that share no frame', async () => {
    const { segments } = await segment(toScript([0.9, 20], [0.1, REDEMPTION_FRAMES + 2], [0.9, 20], [0.1, 40]))
    expect(segments.map(toFrameRange)).toEqual([
      [0, 38],
      [38, 78],
    ])
  })

  test('probabilities between the thresholds neither begin nor end speech', async () => {
    expect((await segment(toScript([0.4, 60]))).segments).toEqual([])
    expect((await segment(toScript([0.9, 20], [0.4, 60]))).segments).toEqual([])
  })

  test('a click shorter than 250 ms is a misfire and no segment', async () => {
    const { segments, speaking } = await segment(toScript([0.1, 20], [0.9, 6], [0.1, 40]))
    expect(segments).toEqual([])
    expect(speaking).toEqual([true, false])
    expect((await segment(toScript([0.1, 20], [0.9, 7], [0.1, 40]))).segments).toHaveLength(1)
  })

  test('finishing hands over the speech under way, and silence hands over nothing', async () => {
    const { segments } = await segment(toScript([0.1, 30], [0.9, 20]), { finish: true })
    expect(segments.map(toFrameRange)).toEqual([[21, 50]])
    expect((await segment(toScript([0.1, 100]), { finish: true })).segments).toEqual([])
  })

  test('times count from the start of the recording when other frames went before', async () => {
    const { segments } = await segment(toScript([0.9, 20], [0.1, 40]), { firstFrame: 100 })
    expect(segments.map(toFrameRange)).toEqual([[100, 138]])
  })
})

describe('speech longer than 22 s', () => {
  test('is cut after the least likely frame of its last 8 s and goes on without a gap', async () => {
    const script = toScript([0.9, 600], [0.6, 1], [0.9, 200], [0.1, 40])
    const { segments, speaking } = await segment(script)
    expect(segments.map(toFrameRange)).toEqual([
      [0, 601],
      [601, 801 + REDEMPTION_FRAMES],
    ])
    expect(segments[0].audio[600 * 512]).toBeCloseTo(0.6)
    expect(speaking).toEqual([true, false])
  })

  test('is not cut at a pause that is older than 8 s', async () => {
    const { segments } = await segment(toScript([0.9, 300], [0.36, 1], [0.9, 420], [0.1, 40]))
    expect(toFrameRange(segments[0])).toEqual([0, MAX_FRAMES])
  })

  test('is cut as often as needed, and no frame is lost or doubled', async () => {
    const { segments } = await segment(toScript([0.9, 3000], [0.1, 40]))
    expect(segments.length).toBe(5)
    for (const [index, later] of segments.slice(1).entries()) expect(later.startMs).toBe(segments[index].endMs)
    expect(Math.max(...segments.map((found) => found.audio.length / 16))).toBeLessThanOrEqual(
      SEGMENT_SETTINGS.maxSpeechMs,
    )
    expect(segments.at(-1)!.endMs).toBe((3000 + REDEMPTION_FRAMES) * FRAME_MS)
  })

  test('the last word after a cut is kept even when it is shorter than a misfire', async () => {
    const { segments } = await segment(toScript([0.9, MAX_FRAMES - 5], [0.5, 1], [0.9, 5], [0.1, 40]))
    expect(segments.map(toFrameRange)).toEqual([
      [0, MAX_FRAMES - 4],
      [MAX_FRAMES - 4, MAX_FRAMES + 1 + REDEMPTION_FRAMES],
    ])
  })

  test('after that the next click is a misfire again', async () => {
    const long = toScript([0.9, MAX_FRAMES + 20], [0.1, 40])
    expect((await segment([...long, ...toScript([0.9, 3], [0.1, 40])])).segments).toHaveLength(2)
  })
})

test('a model that answers NaN is a failure, not silence', async () => {
  await expect(segment([Number.NaN])).rejects.toThrow('NaN')
})
