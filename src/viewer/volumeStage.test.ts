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
})

function toView(): StagedView {
  return {
    viewportId: null,
    hold: () => told.push('hold'),
    async mount(_surface, displaySetId) {
      if (displaySetId === failMount) throw new Error('no texture')
      told.push(`mount ${displaySetId}`)
    },
    unmount: () => told.push('unmount'),
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

const load: typeof cacheVolume = async (_cornerstone, { id }, signal) =>
  signal.aborted ? null : { displaySetId: id, release: () => told.push(`release ${id}`) }

function toStage(): VolumeStage {
  const surface = { engine: { render: () => told.push('render') }, cornerstone: {} } as unknown as OpenSurface
  const doors = { open: async () => surface, prepareFor: () => undefined, getRenderWindow: () => null }
  return new VolumeStage([toView()], { ...doors, dispose: () => undefined }, load)
}

const show = (stage: VolumeStage, id: string): Promise<void> =>
  stage.show(toVolume(id), {
    onMounted: () => told.push(`prepare ${id}`),
    onReveal: () => told.push(`tell ${id} of ${stage.shown?.volume.id}`),
  })

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
  const stage = toStage()
  const shown = show(stage, 'a')
  await draw(1)
  expect(told.at(-1)).toBe('render')
  expect(stage.shown).toBeNull()
  await draw(1)
  await shown
  expect(told.slice(-3)).toEqual(['drawn', 'reveal a', 'tell a of a'])
})

it('holds the picture before the old data are freed, and does not hide it', async () => {
  const stage = toStage()
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
    ...['render', 'drawn', 'render', 'drawn', 'reveal b', 'tell b of b'],
  ])
})

it('never calls back for a volume that was overtaken while it was drawn', async () => {
  const stage = toStage()
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
  const stage = toStage()
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
  const stage = toStage()
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
  const stage = toStage()
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
  const stage = toStage()
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
