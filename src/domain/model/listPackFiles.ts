import { failure, type Result, success } from '../../base/result.ts'
import type { Manifest, PackFile } from './manifest.ts'

const isPackFile = (value: unknown): value is PackFile =>
  typeof value === 'object' && value !== null && 'file' in value && 'bytes' in value && 'sha256' in value

function collect(value: unknown, found: PackFile[]): void {
  if (typeof value !== 'object' || value === null) return
  if (isPackFile(value)) found.push(value)
  for (const part of Object.values(value)) collect(part, found)
}

/**
 * Every file that a manifest names, each content once, in the manifest's order. Problem: `pack-contradicts`, where two
 * entries give one name two contents or one content two lengths.
 */
export function listPackFiles(manifest: Manifest): Result<readonly PackFile[]> {
  const found: PackFile[] = []
  collect(manifest, found)
  const hashes = new Map<string, string>()
  const files = new Map<string, PackFile>()
  for (const { file, pack, bytes, sha256 } of found) {
    const name = `${pack ?? ''}/${file}`
    const known = files.get(sha256)
    if ((hashes.get(name) ?? sha256) !== sha256 || (known?.bytes ?? bytes) !== bytes) return contradiction(file)
    hashes.set(name, sha256)
    if (!known) files.set(sha256, pack === undefined ? { file, bytes, sha256 } : { file, pack, bytes, sha256 })
  }
  return success([...files.values()])
}

const contradiction = (file: string): Result<never> =>
  failure({
    code: 'pack-contradicts',
    message: `The manifest names ${file} twice, with different lengths or hashes.`,
    nextStep: 'Export the pack once more.',
  })

export const sumBytes = (files: readonly { readonly bytes: number }[]): number =>
  files.reduce((sum, { bytes }) => sum + bytes, 0)
