import { failure, type Result } from '../../base/result.ts'
import type { Manifest } from './manifest.ts'
import { parseManifest } from './parseManifest.ts'

/** `parseManifest` of a file's text; `where` names the file in the problem, e.g. its address. */
export function parseManifestText(text: string, where: string): Result<Manifest> {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    return failure({
      code: 'manifest-invalid',
      message: `The manifest of the model pack, ${where}, is not JSON.`,
      nextStep: 'Copy manifest.json once more, then load the model again.',
    })
  }
  return parseManifest(json)
}
