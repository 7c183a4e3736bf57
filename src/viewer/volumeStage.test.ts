import { beforeEach, expect, it, vi } from 'vitest'
import { allocateHu } from '../domain/volume/allocateHu.ts'
import type { Volume } from '../domain/volume/volume.ts'
import type { OpenSurface } from './renderSurface.ts'
import type { cacheVolume } from './volumeImages.ts'
import { type StagedView, VolumeStage } from './volumeStage.ts'

/** What happened to the one view and the volumes, in order. */
let told: string[]
/** Draws what the engine was asked for; without it the page draws no frame. */
let drawFrame: () => void
let failMount: string | null

const toVolume = (id: string): Volume => ({
  id,
  size: [2, 2, 2],
  spacingMm: [1, 1, 1],
  originLpsMm: [0, 0, 0],
  directionLps: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  hu: allocateHu(8),
  missing: [],
})

function toView(): StagedView {
  let isMounted = false
  return {
    viewportId: null,
    get isMounted() {
      return isMounted
    },
    hold: () => told.push('hold'),
    async mount(_surface, displaySetId) {
      if (displaySetId === failMount) throw new Error('no texture')
      isMounted = true
      told.push(`mount ${displaySetId}`)
    },
    unmount() {
      isMounted = false
      told.push('unmount')
    },
    reveal: (volumeId) => told.push(`reveal ${volumeId}`),
    hide: () => told.push('hide'),
    resize: () => undefined,
    nextDrawing: () =>
      new Promise((resolve) => {
        drawFrame = () => {
          told.push('drawn')
          resolve()
        }
      }),
    dispose: () => told.push('dispose'),
  }
}

const toUpload = (id: string) => ({
  holdBack: () => told.push(`hold back ${id}`),
  send: async () => void told.push(`send ${id}`),
})

const load: typeof cacheVolume = async (_cornerstone, { id }, signal) =>
  signal.aborted ? null : { displaySetId: id, upload: toUpload(id), release: () => told.push(`release ${id}`) }

const toComing = (id: string, stage: VolumeStage<StagedView>) => ({
  onMounted: () => told.push(`prepare ${id}`),
  onReveal: () => told.push(`tell ${id} of ${stage.shown?.volume.id}`),
})

async function toStage(): Promise<VolumeStage<StagedView>> {
  const surface = { engine: { render: () => told.push('render') }, cornerstone: {} } as unknown as OpenSurface
  const doors = { open: async () => surface, prepareFor: () => undefined, getRenderWindow: () => null }
  const stage = new VolumeStage<StagedView>({ ...doors, dispose: () => undefined }, load)
  stage.setViews([toView()], toComing('', stage))
  await settle()
  return stage
}

const show = (stage: VolumeStage<StagedView>, id: string): Promise<void> =>
  stage.show(toVolume(id), toComing(id, stage))

/** Lets everything happen that needs no frame. */
const settle = async () => {
  for (let n = 0; n < 30; n++) await Promise.resolve()
}

async function draw(frames: number): Promise<void> {
  for (let n = 0; n < frames; n++) {
    await settle()
    drawFrame()
  }
  await settle()
}

beforeEach(() => {
  told = []
  failMount = null
  vi.stubGlobal('document', { hidden: false })
})

it('reveals a volume after its second drawing and calls back in the same task', async () => {
  const stage = await toStage()
  const shown = show(stage, 'a')
  await draw(1)
  expect(told.at(-1)).toBe('render')
  expect(stage.shown).toBeNull()
  await draw(1)
  await shown
  expect(told.slice(-3)).toEqual(['drawn', 'reveal a', 'tell a of a'])
})

it('holds the picture before the old data are freed, and does not hide it', async () => {
  const stage = await toStage()
  const first = show(stage, 'a')
  await draw(2)
  await first
  told = []
  const second = show(stage, 'b')
  expect(told).toEqual(['hold'])
  expect(stage.shown).toBeNull()
  await draw(2)
  await second
  expect(told).toEqual([
    ...['hold', 'unmount', 'release a', 'mount b', 'prepare b'],
    ...['hold back b', 'render', 'drawn', 'send b', 'render', 'drawn', 'reveal b', 'tell b of b'],
  ])
})

it('never calls back for a volume that was overtaken while it was drawn', async () => {
  const stage = await toStage()
  const overtaken = show(stage, 'a')
  await draw(1)
  const last = show(stage, 'b')
  await draw(3)
  await Promise.all([overtaken, last])
  expect(told.filter((event) => event.startsWith('tell'))).toEqual(['tell b of b'])
  expect(told).not.toContain('reveal a')
  expect(told).not.toContain('hide')
})

it('hides the views at once on clear and leaves nothing of a volume on its way', async () => {
  const stage = await toStage()
  const overtaken = show(stage, 'a')
  await draw(1)
  stage.clear()
  expect(told.at(-1)).toBe('hide')
  await draw(1)
  await overtaken
  expect(told.at(-1)).toBe('release a')
  expect(told).not.toContain('reveal a')
})

it('rejects with hidden views where a volume cannot be mounted, and shows the next one', async () => {
  const stage = await toStage()
  failMount = 'bad'
  await expect(show(stage, 'bad')).rejects.toThrow('no texture')
  expect(told.slice(-3)).toEqual(['hide', 'unmount', 'release bad'])
  expect(stage.shown).toBeNull()
  const next = show(stage, 'good')
  await draw(2)
  await next
  expect(stage.shown?.volume.id).toBe('good')
})

it('resolves rather than rejects where a failing volume was overtaken', async () => {
  const stage = await toStage()
  failMount = 'bad'
  const overtaken = show(stage, 'bad')
  const last = show(stage, 'good')
  await draw(2)
  await Promise.all([overtaken, last])
  expect(told).not.toContain('hide')
  expect(stage.shown?.volume.id).toBe('good')
})

it('waits no longer than a quarter second for frames of a hidden page, and draws once more when they come', async () => {
  vi.useFakeTimers()
  vi.stubGlobal('document', { hidden: true })
  const stage = await toStage()
  const shown = show(stage, 'a')
  await settle()
  await vi.advanceTimersByTimeAsync(249)
  expect(stage.shown).toBeNull()
  await vi.advanceTimersByTimeAsync(1)
  await shown
  expect(stage.shown?.volume.id).toBe('a')
  told = []
  drawFrame()
  await settle()
  expect(told).toEqual(['drawn', 'render'])
  vi.useRealTimers()
})

it('shows the volume also in a view that comes later, once that is drawn, and disposes of one that goes', async () => {
  const stage = await toStage()
  const shown = show(stage, 'a')
  await draw(2)
  await shown
  told = []
  stage.setViews([toView()], toComing('later', stage))
  await draw(2)
  expect(told).toEqual([
    ...['dispose', 'mount a', 'prepare later'],
    ...['hold back a', 'render', 'drawn', 'send a', 'render', 'drawn', 'reveal a', 'tell later of a'],
  ])
})

it('leaves a view that comes while a volume is on its way to that volume', async () => {
  const stage = await toStage()
  const shown = show(stage, 'a')
  await draw(1)
  stage.setViews([toView()], toComing('later', stage))
  const next = show(stage, 'b')
  await draw(3)
  await Promise.all([shown, next])
  expect(told.filter((event) => event.startsWith('reveal') || event.startsWith('tell'))).toEqual([
    'reveal b',
    'tell b of b',
  ])
})
