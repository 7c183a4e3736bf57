import { mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { build, preview } from 'vite'
import { launch, openKeepingPage } from './browser.ts'

const ROOT = resolve(import.meta.dirname, '..')

/**
 * Builds one page of bench/pages as the app is built, serves it isolated, and gives what `call` does in it. For parts of
 * the app that its own page cannot be asked about alone.
 * @param folders what is served beside the page, by its name
 * @param kind `keeping`: a browser whose storage lies on disk
 */
export async function inBenchPage<T>(
  name: string,
  functionName: string,
  argument: unknown,
  folders: Readonly<Record<string, string>> = {},
  kind: 'incognito' | 'keeping' = 'incognito',
): Promise<T> {
  const outDir = mkdtempSync(join(tmpdir(), 'voxct-bench-'))
  const shared = { root: ROOT, configFile: resolve(ROOT, 'vite.config.ts'), logLevel: 'warn' as const }
  await build({
    ...shared,
    publicDir: false,
    build: { outDir, emptyOutDir: true, rolldownOptions: { input: resolve(ROOT, `bench/pages/${name}.html`) } },
  })
  const pageFolder = join(outDir, 'bench/pages')
  for (const [folder, path] of Object.entries(folders)) symlinkSync(path, join(pageFolder, folder))
  const server = await preview({ ...shared, build: { outDir }, preview: { port: 0 } })
  const url = `${server.resolvedUrls?.local[0]}bench/pages/${name}.html`
  const browser = kind === 'keeping' ? await openKeepingPage(url) : await openFreshPage(url)
  try {
    const { page } = browser
    await page.waitForFunction((wanted) => wanted in globalThis, functionName)
    return (await page.evaluate(
      ([wanted, given]) => (globalThis as Record<string, unknown> as Record<string, (a: unknown) => T>)[wanted](given),
      [functionName, argument] as const,
    )) as T
  } finally {
    await browser.close()
    await server.close()
    rmSync(outDir, { recursive: true, force: true })
  }
}

async function openFreshPage(url: string) {
  const browser = await launch()
  const page = await browser.newPage()
  await page.goto(url)
  return { page, close: () => browser.close() }
}
