import * as v from 'valibot'
import { failure, type Result, success } from '../base/result.ts'
import type { KeysState } from '../state/appState.ts'
import { keysSchema } from './settings.ts'

/** A file that a person takes to another computer: the keys that were changed, under the entries they run. */
export interface KeysFile {
  readonly format: 'voxct-keys'
  readonly version: 1
  readonly keys: KeysState
}

const fileSchema = v.object({ format: v.literal('voxct-keys'), version: v.literal(1), keys: keysSchema })

export const toKeysFile = (keys: KeysState): KeysFile => ({ format: 'voxct-keys', version: 1, keys })

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** Problem `keys-file`: it is no file of keys. Entries that can't be read have their default keys. */
export function readKeysFile(text: string): Result<KeysState> {
  const parsed = v.safeParse(fileSchema, parseJson(text))
  if (parsed.success) return success(parsed.output.keys)
  return failure({
    code: 'keys-file',
    message: 'This file holds no keys of this app.',
    nextStep: 'Choose a file that “Export” of the keys has saved.',
  })
}
