import { beforeEach, describe, expect, it } from 'vitest'
import { FakeClock, LiveWorld } from './liveTranscript.fixture.ts'

let world: LiveWorld

beforeEach(() => {
  world = new LiveWorld(new FakeClock())
})

const numbersOf = (text: string) => text.split(' ').filter(Boolean).map(Number)

describe('while one speaks', () => {
  it('shows what is heard, and settles what two passes agree upon', async () => {
    world.speak()
    await world.clock.advance(1500)
    expect(world.live).toEqual({ studyId: 'a', settled: '', unsettled: '0 1' })
    await world.clock.advance(700)
    expect(world.live).toEqual({ studyId: 'a', settled: '0 1', unsettled: '2 3' })
  })

  it('begins passes 700 ms apart, of a slow engine one when the last is done', async () => {
    world.speak()
    await world.clock.advance(8000)
    const gaps = world.passes.slice(1).map(({ atMs }, n) => atMs - world.passes[n].atMs)
    expect(Math.min(...gaps)).toBe(700)
    expect(Math.max(...gaps)).toBe(700)
    world.passMs = 2500
    await world.clock.advance(20_000)
    const slow = world.passes.slice(-5)
    const rests = slow.slice(1).map(({ atMs }, n) => atMs - (slow[n].doneMs ?? Number.NaN))
    expect(Math.min(...rests)).toBeGreaterThanOrEqual(0)
    expect(Math.max(...rests)).toBeLessThanOrEqual(50)
  })

  it.each([400, 1100, 2500])(
    'hears 60 s without a pause by passes of %i ms in bounded windows, each word once',
    async (passMs) => {
      world.passMs = passMs
      world.speak()
      await world.clock.advance(60_000)
      for (const { seconds } of world.passes) expect(seconds).toBeLessThanOrEqual(7.04)
      expect(world.passes.length).toBeGreaterThanOrEqual(Math.floor(58_000 / Math.max(700, passMs + 50)))
      const settled = numbersOf(world.live?.settled ?? '')
      expect(settled).toEqual(settled.map((_, n) => n))
      const all = [...settled, ...numbersOf(world.live?.unsettled ?? '')]
      expect(all).toEqual(all.map((_, n) => n))
      expect(settled.length).toBeGreaterThanOrEqual((60 - (3 * passMs) / 1000 - 2) / 0.4)
    },
  )

  it('hears the end alone where a pass takes long', async () => {
    world.passMs = 1100
    world.speak()
    await world.clock.advance(6000)
    expect(world.passes.at(-1)?.seconds).toBeGreaterThan(4.5)
    world.passMs = 1500
    await world.clock.advance(3100)
    expect(world.passes.at(-1)?.seconds).toBeLessThan(5.5)
  })

  it.each([
    ['is given up in its middle where silence says that the cut is near', false],
    ['is ended where one speaks on by then', true],
  ])('a slow pass %s', async (_, isSpeaking) => {
    world.passMs = 1000
    world.speak()
    await world.clock.advance(3150)
    const { length } = world.passes
    world.fallSilent()
    await world.clock.advance(300)
    if (isSpeaking) world.speakOn()
    await world.clock.advance(1000)
    expect(world.passes[length - 1].doneMs !== undefined).toBe(isSpeaking)
    expect(world.passes.length > length).toBe(isSpeaking)
  })

  it('goes on behind a pass that took longer than any speech may be', async () => {
    world.cutInMs = 12_000
    world.passMs = 20_000
    world.speak()
    await world.clock.advance(22_000)
    expect(world.passes).toHaveLength(2)
    world.passMs = 100
    await world.clock.advance(22_000)
    expect(world.passes.length).toBeGreaterThanOrEqual(4)
  })

  it('begins none that would not be done before the cut, and hears nothing twice in a pause', async () => {
    world.passMs = 550
    world.speak()
    await world.clock.advance(5000)
    world.fallSilent()
    await world.clock.advance(100)
    const begun = world.passes.length
    await world.clock.advance(450)
    expect(world.passes.length).toBe(begun)
    world.speakOn()
    await world.clock.advance(300)
    expect(world.passes.length).toBe(begun + 1)
  })
})

describe('nothing is shown', () => {
  it('of what the transcriber answers behind the cut', async () => {
    world.passMs = 600
    world.speak()
    await world.clock.advance(2200)
    expect(world.live).not.toBeNull()
    expect(world.passes.at(-1)?.doneMs).toBeUndefined()
    world.cut()
    expect(world.live).toBeNull()
    const begun = world.passes.length
    await world.clock.advance(5000)
    expect(world.shown.at(-1)).toBeNull()
    expect(world.passes.length).toBe(begun)
  })

  it('of the former piece where speech was cut and goes on', async () => {
    world.speak()
    await world.clock.advance(5000)
    world.cutAndGoOn()
    expect(world.live).toBeNull()
    await world.clock.advance(1900)
    const text = `${world.live?.settled} ${world.live?.unsettled}`
    expect(numbersOf(text)[0]).toBe(0)
    expect(numbersOf(text).length).toBeLessThan(5)
  })

  it('of noise, in which the encoder spells nothing', async () => {
    world.spelled = ''
    world.speak()
    await world.clock.advance(4000)
    expect(world.shown).toEqual([])
    expect(world.passes).toEqual([])
    expect(world.checks).toBeGreaterThanOrEqual(3)
    world.spelled = 'no'
    await world.clock.advance(2000)
    expect(world.live).not.toBeNull()
    expect(world.checks).toBeLessThanOrEqual(6)
  })

  it('while no transcriber is there, or the pack has no letters', async () => {
    world.store.patch('model', { transcriberPhase: 'working' })
    world.speak()
    await world.clock.advance(3000)
    expect(world.checks + world.passes.length).toBe(0)
    world.store.patch('model', { transcriberPhase: 'ready' })
    Reflect.deleteProperty(world.speech, 'alphabet')
    await world.clock.advance(3000)
    expect(world.checks + world.passes.length).toBe(0)
  })

  it('any more of an utterance whose worker is lost or that a person sent away, but of the next', async () => {
    for (const leave of [() => (world.failure = new Error('lost')), () => world.transcript.drop()]) {
      world.failure = null
      world.speak()
      await world.clock.advance(3000)
      expect(world.live).not.toBeNull()
      leave()
      await world.clock.advance(1000)
      expect(world.live).toBeNull()
      world.failure = null
      await world.clock.advance(3000)
      expect(world.live).toBeNull()
      world.cut()
      await world.clock.advance(1000)
    }
  })

  it('of words about another study than the one that is read, with a pass under way too', async () => {
    world.passMs = 600
    world.speak()
    await world.clock.advance(2300)
    world.readId = 'b'
    world.transcript.cut()
    await world.clock.advance(5000)
    expect(world.shown.slice(world.shown.indexOf(null))).toEqual([null])
    expect(world.shown.every((live) => live === null || live.studyId === 'a')).toBe(true)
  })

  it('of passes that wait for a final transcript: they are asked for again when it is there', async () => {
    world.isBusy = true
    world.speak()
    await world.clock.advance(3000)
    expect(world.shown).toEqual([])
    world.isBusy = false
    await world.clock.advance(600)
    expect(world.live).not.toBeNull()
  })
})
