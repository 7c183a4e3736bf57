import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, type BrowserContext, chromium, expect, type Page } from '@playwright/test'
import { findChromium } from '../scripts/chromium.ts'

const GPU_ARGS = ['--enable-unsafe-webgpu', '--use-webgpu-adapter=swiftshader']

export async function launch(options: { webgpu?: boolean; args?: readonly string[] } = {}): Promise<Browser> {
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  const args = [...sandbox, ...(options.webgpu ? GPU_ARGS : []), ...(options.args ?? [])]
  return chromium.launch({ executablePath: findChromium(), args })
}

export interface KeepingPage {
  readonly page: Page
  /** The browser's profile. */
  readonly folder: string
  close(): Promise<void>
}

/**
 * A page of a browser that keeps what it is given on disk, as a person's does: what an incognito page keeps lies in memory,
 * and a model of a gigabyte does not fit its quota. `close` removes it all.
 */
export async function openKeepingPage(url: string): Promise<KeepingPage> {
  const folder = mkdtempSync(join(tmpdir(), 'voxct-profile-'))
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  const context = await chromium.launchPersistentContext(folder, {
    executablePath: findChromium(),
    args: sandbox,
    viewport: { width: 1280, height: 800 },
  })
  const page = context.pages()[0] ?? (await context.newPage())
  await page.goto(url)
  return {
    page,
    folder,
    async close() {
      await context.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Peak resident memory of all processes of the browser that were started by this one, MiB (Linux only). */
export function residentMiB(pids: readonly number[]): number {
  return pids.reduce((sum, pid) => {
    try {
      return sum + Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024
    } catch {
      return sum
    }
  }, 0)
}

/** Process ids of a browser, by DevTools. */
export async function browserPids(browser: Browser): Promise<number[]> {
  const session = await browser.newBrowserCDPSession()
  const { processInfo } = await session.send('SystemInfo.getProcessInfo')
  await session.detach()
  return processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => id)
}

export async function idle(page: Page, timeoutMs = 300_000): Promise<void> {
  await expect(page.getByTestId('app-shell')).toHaveAttribute('data-idle', 'true', { timeout: timeoutMs })
}

export async function openPage(browser: Browser, url: string): Promise<{ page: Page; context: BrowserContext }> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } })
  const page = await context.newPage()
  await page.goto(url)
  return { page, context }
}

/** Milliseconds from navigation to the first time a mark was set. */
export const markMs = (page: Page, name: string): Promise<number> =>
  page.evaluate((mark) => performance.getEntriesByName(mark)[0]?.startTime ?? Number.NaN, name)

/** The reading as the app exports it. */
export async function exportReading(
  page: Page,
): Promise<{ preprocessMs: number; encodeMs: number; embedding: number[] }> {
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByTestId('export-button').click()])
  return JSON.parse(readFileSync(await download.path(), 'utf8'))
}
