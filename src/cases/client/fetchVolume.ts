import { isHtmlPage } from '../../base/readBody.ts'
import { ProblemError } from '../../base/result.ts'

const refuse = (message: string, nextStep: string): ProblemError =>
  new ProblemError({ code: 'volume-missing', message, nextStep })

/**
 * A volume of the library from the app's own origin, as a file that may be opened; its bytes stay with the browser.
 * Rejects with ProblemError `volume-missing`, and with AbortError.
 * @param path as the library names it; its last part becomes the file's name
 */
export async function fetchVolume(url: string, path: string, signal: AbortSignal): Promise<File> {
  let response: Response
  try {
    response = await fetch(url, { signal })
  } catch (thrown) {
    if (signal.aborted) throw thrown
    throw refuse(`${path} could not be fetched.`, 'Check the connection to the server, then open the case again.')
  }
  const isPage = isHtmlPage(response.headers.get('content-type'), null)
  if (!response.ok || isPage)
    throw refuse(
      `${path} is not in the library's folder of volumes (${isPage ? 'a web page came' : response.status}).`,
      'Copy the archive to the folder that the manifest names as library.volumesUrl, then open the case again.',
    )
  return new File([await response.blob()], path.split('/').at(-1) ?? path)
}
