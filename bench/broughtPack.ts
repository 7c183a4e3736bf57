import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, type Page } from '@playwright/test'
import { ensurePython } from '../scripts/python.ts'
import { exportReading, idle } from './browser.ts'

/*
 * Packs that a person brings: large ones, whose encoder is compared with the same graphs on native onnxruntime.
 */

const LONG = 900_000

/** Medians of one encoding. */
export interface NativeTimes {
  readonly trunkMs: number
  readonly headMs: number
}

/** The peer: the same graphs in fp32 on native onnxruntime with two threads. */
export function measureNative(pack: string, runs: number): NativeTimes {
  const numbers = ['--variant', 'fp32', '--threads', '2', '--runs', String(runs)]
  const { stdout, stderr, status } = spawnSync(
    ensurePython(),
    ['-m', 'scripts.time_parts', '--pack', pack, ...numbers],
    { cwd: resolve(import.meta.dirname, '../training'), encoding: 'utf8' },
  )
  if (status !== 0) throw new Error(`scripts.time_parts failed: ${stderr}`)
  return JSON.parse(stdout)
}

/** Adds a pack's folder and waits until the scan on screen is read by it. */
export async function bringPack(page: Page, folder: string): Promise<void> {
  const { id } = JSON.parse(readFileSync(resolve(folder, 'manifest.json'), 'utf8'))
  await idle(page)
  await page.getByTestId('pack-folder-input').setInputFiles(folder)
  await expect(page.getByTestId('model-chip')).toHaveAttribute('data-pack', id, { timeout: LONG })
  await idle(page, LONG)
}

/** Reads the demo case again; milliseconds of preparing and encoding it. */
export async function encodeAgain(page: Page): Promise<{ preprocessMs: number; encodeMs: number }> {
  await page.getByTestId('demo-button').first().click()
  await expect(page.getByTestId('app-shell')).toHaveAttribute('data-idle', 'false', { timeout: 30_000 })
  await idle(page, LONG)
  return exportReading(page)
}
