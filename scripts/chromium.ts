import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chromium } from '@playwright/test'

const SYSTEM_PATHS = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]

const listCandidates = (): string[] =>
  [process.env.VOXCT_CHROMIUM, chromium.executablePath(), ...SYSTEM_PATHS].filter(
    (path) => path !== undefined && existsSync(path),
  ) as string[]

/** The first Chromium that starts, null where none does: one without its libraries, or a stand-in for a snap, does not. */
export const findRunningChromium = (): string | null =>
  listCandidates().find((path) => spawnSync(path, ['--version']).status === 0) ?? null

/**
 * A Chromium to test in: `VOXCT_CHROMIUM`, else the one Playwright has, else the system's.
 * @returns its path
 * @throws Error with the one line that says what to install
 */
export function findChromium(): string {
  const found = findRunningChromium()
  if (found !== null) return found
  throw new Error('No Chromium found: `npm test -- e2e` installs one, or set VOXCT_CHROMIUM to its path.')
}
