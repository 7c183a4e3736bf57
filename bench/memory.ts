import { readFileSync } from 'node:fs'
import type { Browser } from '@playwright/test'
import { browserPids } from './browser.ts'

const readStatus = (pid: number, field: 'VmHWM' | 'VmRSS'): number => {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8')
    return Number(new RegExp(`${field}:\\s+(\\d+)`).exec(status)?.[1] ?? 0) / 1024
  } catch {
    return 0
  }
}

/** Highest resident memory so far of the largest renderer, which is the tab's, in MiB (Linux only). */
export async function peakMiB(browser: Browser): Promise<number> {
  return Math.max(...(await browserPids(browser)).map((pid) => readStatus(pid, 'VmHWM')))
}

/** Resident memory of that renderer now, in MiB. */
export async function presentMiB(browser: Browser): Promise<number> {
  return Math.max(...(await browserPids(browser)).map((pid) => readStatus(pid, 'VmRSS')))
}
