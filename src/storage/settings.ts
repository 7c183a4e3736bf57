import * as v from 'valibot'
import { failure, type Result, success } from '../base/result.ts'
import { SerialQueue } from '../base/serialQueue.ts'
import type { BoundTemplates } from '../domain/dictatedReport/reportTemplates.ts'
import { type ArrangedLayout, HANGING, type Situation } from '../domain/layout/arrangedLayout.ts'
import { GROUNDS, type Ground } from '../domain/layout/ground.ts'
import { DEFAULT_MOUSE, DRAGS, type MouseBindings, WHEELS } from '../domain/layout/mouse.ts'
import { ALERT_BUDGETS, DEFAULT_BUDGET } from '../domain/safety/toAlerts.ts'
import { DEFAULT_SLAB, type Slab } from '../domain/slab/slab.ts'
import { DEFAULT_LEADING_WORD } from '../domain/voice/leadingWord.ts'
import { DEFAULT_WINDOW_PRESET } from '../domain/volume/windowPresets.ts'
import type { KeysState } from '../state/appState.ts'
import { sharedDatabase, toStorageProblem } from './database.ts'
import { slabSchema } from './measureRow.ts'

/** What a person chose and expects to find again. */
export interface Settings {
  /** The window that studies open in after a reload, HU. */
  readonly openingWindow: { readonly widthHu: number; readonly centerHu: number }
  readonly panels: { readonly studies: boolean; readonly findings: boolean; readonly dictation: boolean }
  /** 0…1. */
  readonly heatOpacity: number
  readonly heatStyle: 'fog' | 'contour'
  readonly providerChoice: 'auto' | 'webgpu' | 'wasm'
  readonly variantChoice: 'auto' | 'fp32' | 'fp16' | 'int8' | 'q4' | 'q8'
  /** Id of a model pack; null: the first of those offered. */
  readonly packChoice: string | null
  /** Paths of the libraries on a server that may be asked. */
  readonly agreedLibraries: readonly string[]
  readonly keys: KeysState
  readonly ground: Ground
  readonly mouse: MouseBindings
  readonly hanging: Readonly<Record<Situation, ArrangedLayout>>
  /** By pane: windows that are not shared, HU, and slabs. */
  readonly ownWindows: Readonly<Record<string, { readonly widthHu: number; readonly centerHu: number }>>
  readonly slabs: Readonly<Record<string, Slab>>
  readonly lastSlab: Slab
  /** Alerts that the safety net may offer for a report. */
  readonly alertBudget: number
  /** A report that is left without a signature is told of. */
  readonly isUnsignedTold: boolean
  /** Names of the templates that are bound to kinds of studies. */
  readonly boundTemplates: BoundTemplates
  /** Begins an utterance that is a command; empty: none does. */
  readonly leadingWord: string
  /** Of the microphone to listen to; null: the one that the system prefers. */
  readonly microphoneId: string | null
}

export const DEFAULT_SETTINGS: Settings = {
  openingWindow: { widthHu: DEFAULT_WINDOW_PRESET.widthHu, centerHu: DEFAULT_WINDOW_PRESET.centerHu },
  panels: { studies: true, findings: true, dictation: true },
  heatOpacity: 0.5,
  heatStyle: 'fog',
  providerChoice: 'auto',
  variantChoice: 'auto',
  packChoice: null,
  agreedLibraries: [],
  keys: { changed: {}, singleCharacters: true },
  ground: 'dark',
  mouse: DEFAULT_MOUSE,
  hanging: HANGING,
  ownWindows: {},
  slabs: {},
  lastSlab: DEFAULT_SLAB,
  alertBudget: DEFAULT_BUDGET,
  isUnsignedTold: true,
  boundTemplates: {},
  leadingWord: DEFAULT_LEADING_WORD,
  microphoneId: null,
}

const panelsSchema = v.object({
  studies: v.fallback(v.boolean(), DEFAULT_SETTINGS.panels.studies),
  findings: v.fallback(v.boolean(), DEFAULT_SETTINGS.panels.findings),
  dictation: v.fallback(v.boolean(), DEFAULT_SETTINGS.panels.dictation),
})

const keyNamesSchema = v.pipe(v.array(v.pipe(v.string(), v.minLength(1), v.maxLength(32))), v.maxLength(8))

/** An entry whose keys can't be read has its default ones; the others stay. */
const changedKeysSchema = v.pipe(
  v.record(v.string(), v.unknown()),
  v.transform((saved) =>
    Object.fromEntries(
      Object.entries(saved).flatMap(([id, names]) => {
        const parsed = v.safeParse(keyNamesSchema, names)
        return parsed.success ? [[id, parsed.output]] : []
      }),
    ),
  ),
)

export const keysSchema = v.object({
  changed: v.fallback(changedKeysSchema, DEFAULT_SETTINGS.keys.changed),
  singleCharacters: v.fallback(v.boolean(), DEFAULT_SETTINGS.keys.singleCharacters),
})

const arrangedSchema = v.object({
  id: v.pipe(v.string(), v.maxLength(64)),
  changes: v.record(
    v.pipe(v.string(), v.maxLength(64)),
    v.object({
      plane: v.optional(v.picklist(['axial', 'coronal', 'sagittal'])),
      study: v.optional(v.picklist(['current', 'comparison'])),
      at: v.optional(v.pipe(v.string(), v.maxLength(64))),
    }),
  ),
})

const hangingSchema = v.object({
  one: v.fallback(arrangedSchema, HANGING.one),
  prior: v.fallback(arrangedSchema, HANGING.prior),
  case: v.fallback(arrangedSchema, HANGING.case),
})

const mouseSchema = v.object({
  left: v.fallback(v.picklist(DRAGS), DEFAULT_MOUSE.left),
  middle: v.fallback(v.picklist(DRAGS), DEFAULT_MOUSE.middle),
  right: v.fallback(v.picklist(DRAGS), DEFAULT_MOUSE.right),
  wheel: v.fallback(v.picklist(WHEELS), DEFAULT_MOUSE.wheel),
})

const windowSchema = v.object({
  widthHu: v.pipe(v.number(), v.minValue(1), v.maxValue(10_000)),
  centerHu: v.pipe(v.number(), v.minValue(-10_000), v.maxValue(10_000)),
})

const boundName = v.optional(v.pipe(v.string(), v.maxLength(64)))
const boundSchema = v.object({
  chest: boundName,
  contrast: boundName,
  plain: boundName,
  screening: boundName,
  angiography: boundName,
})

const settingsSchema = v.object({
  openingWindow: v.fallback(windowSchema, DEFAULT_SETTINGS.openingWindow),
  panels: v.fallback(panelsSchema, DEFAULT_SETTINGS.panels),
  heatOpacity: v.fallback(v.pipe(v.number(), v.minValue(0), v.maxValue(1)), DEFAULT_SETTINGS.heatOpacity),
  heatStyle: v.fallback(v.picklist(['fog', 'contour']), DEFAULT_SETTINGS.heatStyle),
  providerChoice: v.fallback(v.picklist(['auto', 'webgpu', 'wasm']), DEFAULT_SETTINGS.providerChoice),
  variantChoice: v.fallback(v.picklist(['auto', 'fp32', 'fp16', 'int8', 'q4', 'q8']), DEFAULT_SETTINGS.variantChoice),
  packChoice: v.fallback(v.nullable(v.pipe(v.string(), v.maxLength(64))), DEFAULT_SETTINGS.packChoice),
  agreedLibraries: v.fallback(v.array(v.pipe(v.string(), v.maxLength(200))), []),
  keys: v.fallback(keysSchema, DEFAULT_SETTINGS.keys),
  ground: v.fallback(v.picklist(GROUNDS), DEFAULT_SETTINGS.ground),
  mouse: v.fallback(mouseSchema, DEFAULT_MOUSE),
  hanging: v.fallback(hangingSchema, HANGING),
  ownWindows: v.fallback(v.record(v.pipe(v.string(), v.maxLength(64)), windowSchema), {}),
  slabs: v.fallback(v.record(v.pipe(v.string(), v.maxLength(64)), slabSchema), {}),
  lastSlab: v.fallback(slabSchema, DEFAULT_SLAB),
  alertBudget: v.fallback(v.picklist(ALERT_BUDGETS), DEFAULT_BUDGET),
  isUnsignedTold: v.fallback(v.boolean(), true),
  boundTemplates: v.fallback(boundSchema, {}),
  leadingWord: v.fallback(v.pipe(v.string(), v.regex(/^[a-z]{0,32}$/)), DEFAULT_LEADING_WORD),
  microphoneId: v.fallback(v.nullable(v.pipe(v.string(), v.maxLength(256))), null),
})

/** Settings out of anything: a field that is missing or wrong falls back alone, the others stay. */
export function toSettings(saved: unknown): Settings {
  const parsed = v.safeParse(settingsSchema, saved)
  return parsed.success ? parsed.output : DEFAULT_SETTINGS
}

const ROW_NAME = 'settings'
/** A slider saves many times a second: one after another, so that the last value is the one that stays. */
const saves = new SerialQueue()

/** The saved settings, or the defaults where there are none or nothing can be read. Never rejects. */
export async function loadSettings(database = sharedDatabase): Promise<Settings> {
  try {
    const row = await database.settings.get(ROW_NAME)
    return toSettings(row?.value)
  } catch {
    return DEFAULT_SETTINGS
  }
}

/** Problems: `storage-full`, `storage-failed` — not worth a notice of their own where the journal has given one. */
export function saveSettings(settings: Settings, database = sharedDatabase): Promise<Result<void>> {
  return saves.add(async () => {
    try {
      await database.settings.put({ name: ROW_NAME, value: settings })
      return success(undefined)
    } catch (error) {
      return failure(toStorageProblem(error))
    }
  })
}
