import 'fake-indexeddb/auto'
import { expect, it, vi } from 'vitest'
import { createAppStore } from '../state/store.ts'
import { loadSettings } from '../storage/settings.ts'
import { keepSettings } from './keepSettings.ts'

it('keeps what was chosen, but not the provider that the address asked for', async () => {
  const first = createAppStore()
  await keepSettings(first, '?provider=webgpu')
  expect(first.get().model.providerChoice).toBe('webgpu')
  first.view.togglePanel('studies')
  await vi.waitFor(async () => expect((await loadSettings()).panels.studies).toBe(false))
  expect((await loadSettings()).providerChoice).toBe('auto')

  const second = createAppStore()
  await keepSettings(second, '')
  expect(second.get().view.panels.studies).toBe(false)
  second.patch('model', { providerChoice: 'wasm' })
  await vi.waitFor(async () => expect((await loadSettings()).providerChoice).toBe('wasm'))
})

it('finds the chosen model pack and precision again', async () => {
  const first = createAppStore()
  await keepSettings(first, '')
  first.patch('model', { packChoice: 'phantom-radclip', variantChoice: 'int8' })
  await vi.waitFor(async () => expect((await loadSettings()).packChoice).toBe('phantom-radclip'))
  const second = createAppStore()
  await keepSettings(second, '')
  expect(second.get().model).toMatchObject({ packChoice: 'phantom-radclip', variantChoice: 'int8' })
})

it('finds changed keys and the switch of the single characters again', async () => {
  const first = createAppStore()
  await keepSettings(first, '')
  const keys = { changed: { 'speak.microphone': ['F2'] }, singleCharacters: false }
  first.patch('keys', keys)
  await vi.waitFor(async () => expect((await loadSettings()).keys).toEqual(keys))
  const second = createAppStore()
  await keepSettings(second, '')
  expect(second.get().keys).toEqual(keys)
})

it('opens studies in the window that was made the default, not in the one that was looked through last, and a view its own', async () => {
  const first = createAppStore()
  await keepSettings(first, '')
  first.view.setWindow('bone', 1800, 400)
  first.patch('view', { openingWindow: { widthHu: 350, centerHu: 50 } })
  first.view.setWindow('liver', 150, 30)
  first.view.setOwnWindow('coronal', { widthHu: 400, centerHu: 40 })
  await vi.waitFor(async () => expect((await loadSettings()).ownWindows).toHaveProperty('coronal'))
  expect((await loadSettings()).openingWindow).toEqual({ widthHu: 350, centerHu: 50 })
  const second = createAppStore()
  await keepSettings(second, '')
  expect(second.get().view).toMatchObject({ windowPreset: null, windowWidthHu: 350, windowCenterHu: 50 })
  expect(second.get().view.ownWindows).toEqual({ coronal: { widthHu: 400, centerHu: 40 } })
})
