import * as v from 'valibot'
import { failure, type Result, success } from '../../base/result.ts'
import { type Manifest, manifestSchema } from './manifest.ts'
import { findContradiction } from './manifestRules.ts'

const invalid = (message: string): Result<never> =>
  failure({
    code: 'manifest-invalid',
    message: `The manifest of the model pack is not valid: ${message}.`,
    nextStep: 'Use a pack written by the training scripts of this version, or mend the field and reload.',
  })

/**
 * Checks a stranger's manifest once, at the door: first every field (valibot), then what the fields say about each
 * other. Refuses with code `manifest-invalid`; the message begins with the path of the first wrong field.
 */
export function parseManifest(json: unknown): Result<Manifest> {
  const parsed = v.safeParse(manifestSchema, json, { abortEarly: true })
  if (!parsed.success) {
    const issue = parsed.issues[0]
    const path = v.getDotPath(issue) ?? 'manifest'
    return invalid(`${path}: ${issue.message}`)
  }
  const contradiction = findContradiction(parsed.output)
  return contradiction ? invalid(contradiction) : success(parsed.output)
}
