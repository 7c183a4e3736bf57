import { failure, type Result, success } from '../../base/result.ts'
import { MANIFEST_NAME } from './keptPack.ts'

const refuse = (code: string, message: string, nextStep: string): Result<never> => failure({ code, message, nextStep })

/**
 * What a person typed, as the address of a pack's folder with a final slash; `siteUrl` is that of the page. Problems:
 * `pack-address-invalid`, `pack-other-site`.
 */
export function toSiteFolder(address: string, siteUrl: string): Result<string> {
  const typed = address.trim()
  if (typed === '' || !URL.canParse(typed, siteUrl))
    return refuse(
      'pack-address-invalid',
      typed === '' ? 'There is no address.' : `“${typed}” is no address.`,
      'Enter the address of the folder that holds manifest.json, e.g. models/ct-clip/.',
    )
  const url = new URL(typed, siteUrl)
  if (url.origin !== new URL(siteUrl).origin)
    return refuse(
      'pack-other-site',
      `${url.host || typed} is another site, and VoxCT connects to no site but its own.`,
      'Copy the pack to this server, or download it and add the folder.',
    )
  const path = url.pathname.endsWith(`/${MANIFEST_NAME}`) ? url.pathname.slice(0, -MANIFEST_NAME.length) : url.pathname
  return success(`${url.origin}${path.endsWith('/') ? path : `${path}/`}`)
}
