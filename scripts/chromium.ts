import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chromium } from '@playwright/test'

const SYSTEM_PATHS = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]

/**
 * A Chromium to test in: `VOXCT_CHROMIUM`, else the one Playwright has, else the system's, else Playwright installs its own.
 * @returns its path
 * @throws Error with the one line that says what to install
 */
export function findChromium(): string {
  const candidates = [process.env.VOXCT_CHROMIUM, chromium.executablePath(), ...SYSTEM_PATHS]
  const found = candidates.find((path) => path && existsSync(path))
  if (found) return found
  spawnSync('npx', ['playwright', 'install', 'chromium'], { stdio: 'inherit' })
  if (existsSync(chromium.executablePath())) return chromium.executablePath()
  throw new Error('No Chromium found. Install it (Debian: apt-get install chromium) or set VOXCT_CHROMIUM to its path.')
}
