import { failure, type Problem, type Result } from '../../base/result.ts'
import { isKeptUrl } from '../../domain/model/keptPack.ts'
import type { PackFile } from '../../domain/model/manifest.ts'

/*
 * What can be wrong with a file of a pack, for files of the server and for those that the browser keeps: the same codes,
 * but another next step.
 */

export const refuse = (code: string, message: string, nextStep: string): Result<never> =>
  failure({ code, message, nextStep })

export const causeOf = (thrown: unknown): string => (thrown instanceof Error ? thrown.message : String(thrown))

const ADD_AGAIN = 'Remove the model on the model page and add it again.'

/** A missing file answered by a single-page server, or a login page in between. */
export const webPage = (file: string): Result<never> =>
  refuse(
    'model-html',
    `The server answered with a web page in place of ${file}.`,
    'Check that the model pack was copied to the server whole and that the address needs no login.',
  )

export const keptMissing = (file: string): Problem => ({
  code: 'kept-missing',
  message: `${file} is no longer in the browser's storage: the model was removed, in another tab or by the browser.`,
  nextStep: 'Add the model again on the model page, or choose another one.',
})

/** Null where the status is one of success. */
export function checkStatus(url: string, file: string, response: Response): Problem | null {
  if (response.ok) return null
  if (isKeptUrl(url)) return keptMissing(file)
  if (response.status === 404)
    return {
      code: 'model-missing',
      message: `${file} is not on the server (404).`,
      nextStep: 'Copy the whole model pack to the server, then load the models again.',
    }
  return {
    code: 'model-unreachable',
    message: `The server refused ${file} (${response.status} ${response.statusText}).`.replace(' )', ')'),
    nextStep: 'Wait a moment and load the models again; if it stays, look at the server.',
  }
}

export const unreachable = (url: string, file: string, thrown: unknown): Result<never> =>
  isKeptUrl(url)
    ? refuse('kept-unreadable', `${file} could not be read from the browser's storage: ${causeOf(thrown)}.`, ADD_AGAIN)
    : refuse(
        'model-unreachable',
        `${file} could not be fetched: ${causeOf(thrown)}.`,
        'Check the connection to the server, then load the models again.',
      )

export const cutOff = (url: string, file: PackFile, received: string): Result<never> =>
  refuse(
    'model-cut-off',
    `${file.file} should have ${file.bytes} bytes, but ${received}.`,
    isKeptUrl(url) ? ADD_AGAIN : 'Load the models again; if it stays, copy the file to the server once more.',
  )

export const corrupt = (url: string, file: PackFile): Result<never> =>
  refuse(
    'model-corrupt',
    `${file.file} has the right length, but its content is not the one the manifest names (sha256).`,
    isKeptUrl(url)
      ? ADD_AGAIN
      : 'Clear the browser cache for this page and load the models again; if it stays, copy the pack once more.',
  )

export const insecure = (file: string): Result<never> =>
  refuse(
    'insecure-page',
    `${file} cannot be checked, because this page was not opened over a secure connection.`,
    'Open VoxCT over https or on localhost.',
  )
