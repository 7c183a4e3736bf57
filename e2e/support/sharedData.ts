import { existsSync, readdirSync } from 'node:fs'
import { resolve } from 'node:path'
import { test } from '@playwright/test'

const SHARED = resolve(import.meta.dirname, '../../../shared/data')

/**
 * Path inside the folder of real test material beside the project. Where it is absent the test is skipped by name;
 * where `CI=true` its absence is a failure.
 */
export function sharedData(relative: string): string {
  const path = resolve(SHARED, relative)
  if (!existsSync(path)) {
    if (process.env.CI === 'true') throw new Error(`Test material ${relative} is missing beside the project`)
    test.skip(true, `needs ../shared/data/${relative}`)
  }
  return path
}

/** Files of a folder of the shared material, sorted by name. */
export function sharedFiles(relative: string): string[] {
  const folder = sharedData(relative)
  return readdirSync(folder)
    .filter((name) => !name.startsWith('.') && !/\.(md|txt)$/i.test(name))
    .sort()
    .map((name) => resolve(folder, name))
}
