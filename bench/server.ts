import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { resolve } from 'node:path'

const ROOT = resolve(import.meta.dirname, '..')

/** Builds the app and serves the build; `stop` ends the server. */
export async function serveBuild(port: number): Promise<{ url: string; stop(): void }> {
  if (spawnSync('npx', ['vite', 'build', '--logLevel', 'warn'], { cwd: ROOT, stdio: 'inherit' }).status !== 0) {
    throw new Error('The build failed.')
  }
  const vite = resolve(ROOT, 'node_modules/vite/bin/vite.js')
  const server: ChildProcess = spawn(process.execPath, [vite, 'preview', '--port', String(port), '--strictPort'], {
    cwd: ROOT,
    stdio: 'ignore',
  })
  const url = `http://localhost:${port}`
  for (let attempt = 0; attempt < 100; attempt++) {
    if (
      await fetch(url).then(
        (response) => response.ok,
        () => false,
      )
    ) {
      return { url, stop: () => server.kill() }
    }
    await new Promise((wait) => setTimeout(wait, 200))
  }
  server.kill()
  throw new Error(`The preview server did not answer at ${url}.`)
}
