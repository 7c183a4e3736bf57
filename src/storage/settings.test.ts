import 'fake-indexeddb/auto'
import { Dexie } from 'dexie'
import { afterEach, expect, test } from 'vitest'
import { VoxctDatabase } from './database.ts'
import { DEFAULT_SETTINGS, loadSettings, type Settings, saveSettings, toSettings } from './settings.ts'

const NAME = 'settings-test'
const opened: VoxctDatabase[] = []
const createDatabase = () => {
  const database = new VoxctDatabase(NAME)
  opened.push(database)
  return database
}

afterEach(async () => {
  for (const database of opened.splice(0)) database.close()
  await Dexie.delete(NAME)
})

const chosen: Settings = {
  openingWindow: { widthHu: 400, centerHu: 40 },
  panels: { studies: false, findings: true, dictation: false },
  heatOpacity: 0.25,
  heatStyle: 'contour',
  providerChoice: 'wasm',
  variantChoice: 'int8',
  packChoice: 'phantom-radclip',
  agreedLibraries: ['library/search'],
  keys: { changed: { 'speak.microphone': ['F2'], 'findings.heat': [] }, singleCharacters: false },
  mouse: { left: 'scroll', middle: 'zoom', right: 'window', wheel: 'zoom' },
  hanging: {
    one: { id: 'axial alone', changes: { axial: { plane: 'coronal' } } },
    prior: { id: 'two planes', changes: {} },
    case: { id: 'three planes', changes: { axial: { at: 'coronal' }, coronal: { at: 'axial', study: 'comparison' } } },
  },
  ground: 'light',
  ownWindows: { axial: { widthHu: 400, centerHu: 40 } },
  slabs: { axial: { mode: 'minip', thicknessMm: 7.5 } },
  alertBudget: 5,
  isUnsignedTold: false,
  boundTemplates: { angiography: 'Clear lungs' },
  leadingWord: 'computer',
  microphoneId: 'headset',
  lastSlab: { mode: 'minip', thicknessMm: 7.5 },
}

test('what was chosen is found again after a reload', async () => {
  expect((await saveSettings(chosen, createDatabase())).ok).toBe(true)
  expect(await loadSettings(createDatabase())).toEqual(chosen)
})

test('of many saves at once the last one stays', async () => {
  const database = createDatabase()
  const opacities = [0.1, 0.9, 0.4]
  await Promise.all(opacities.map((heatOpacity) => saveSettings({ ...chosen, heatOpacity }, database)))
  expect((await loadSettings(database)).heatOpacity).toBe(0.4)
})

test('nothing saved gives the defaults', async () => {
  expect(await loadSettings(createDatabase())).toEqual(DEFAULT_SETTINGS)
})

test('a database that cannot be opened gives the defaults, and saving says so without throwing', async () => {
  const database = createDatabase()
  database.close({ disableAutoOpen: true })
  expect(await loadSettings(database)).toEqual(DEFAULT_SETTINGS)
  expect(await saveSettings(chosen, database)).toMatchObject({ ok: false, problem: { code: 'storage-failed' } })
})

test('a wrong field falls back alone', () => {
  const saved = { ...chosen, heatOpacity: 7, panels: { studies: false, findings: 'yes', dictation: false } }
  expect(toSettings(saved)).toEqual({ ...chosen, heatOpacity: DEFAULT_SETTINGS.heatOpacity })
})

test('keys that cannot be read fall back alone, also where none were saved yet', () => {
  const { keys: _, ...older } = chosen
  expect(toSettings(older)).toEqual({ ...chosen, keys: DEFAULT_SETTINGS.keys })
  const changed = { 'speak.microphone': ['F2'], 'findings.heat': 'k', 'views.next': [''], 'views.large': [7] }
  expect(toSettings({ ...chosen, keys: { changed, singleCharacters: 'no' } }).keys).toEqual({
    changed: { 'speak.microphone': ['F2'] },
    singleCharacters: true,
  })
})

test.each([null, undefined, 'text', 42, [], { heatOpacity: Number.NaN, providerChoice: 'cuda' }])(
  'bad saved state %j gives the defaults',
  (saved) => {
    expect(toSettings(saved)).toEqual(DEFAULT_SETTINGS)
  },
)
