import { mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { build, preview } from 'vite'
import { launch } from './browser.ts'

const ROOT = resolve(import.meta.dirname, '..')

/**
 * Builds one page of bench/pages as the app is built, serves it isolated, and gives what `call` does in it. For parts of
 * the app that its own page cannot be asked about alone.
 * @param folders what is served beside the page, by its name
 */
export async function inBenchPage<T>(
  name: string,
  functionName: string,
  argument: unknown,
  folders: Readonly<Record<string, string>> = {},
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
  const browser = await launch()
  try {
    const page = await browser.newPage()
    await page.goto(`${server.resolvedUrls?.local[0]}bench/pages/${name}.html`)
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
