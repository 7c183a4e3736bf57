import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { toFile } from './syntheticDicom.ts'

const ROOT = fileURLToPath(new URL('../../../../../shared/data/', import.meta.url))

/**
 * Whether a folder of real scans is at hand. They are not the project's to hand on, so a user's machine lacks them and
 * the tests that want them are skipped by name; on CI they must be there, and the tests run and fail instead.
 */
export const lacksRealData = (folder: string): boolean => process.env.CI !== 'true' && !existsSync(join(ROOT, folder))

/** All files of a folder of real scans, or those of the given names. */
export function readRealFiles(folder: string, names?: readonly string[]): File[] {
  const paths = readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && (names === undefined || names.includes(entry.name)))
    .map((entry) => join(entry.parentPath, entry.name))
  return paths.sort().map((path) => toFile(relative(ROOT, path), new Uint8Array(readFileSync(path))))
}
