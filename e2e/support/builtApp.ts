import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build, type Plugin, preview } from 'vite'

/** Changes one source file of a build. Fails where the text is not there, so that a story never tests the plain app. */
export function changeSource(file: string, text: string, changed: string): Plugin {
  return {
    name: `change ${file}`,
    enforce: 'pre',
    transform(code, id) {
      if (!id.endsWith(file)) return null
      if (!code.includes(text)) throw new Error(`${file} does not have ${text}`)
      return code.replace(text, changed)
    },
  }
}

/** Builds the app with a plugin and serves it on a free port. Without packs: what is tested draws and reads no findings. */
export async function serveBuild(plugin: Plugin): Promise<{ readonly url: string; close(): Promise<void> }> {
  const outDir = mkdtempSync(join(tmpdir(), 'voxct-build-'))
  await build({ logLevel: 'error', plugins: [plugin], build: { outDir, emptyOutDir: true, copyPublicDir: false } })
  const server = await preview({ logLevel: 'error', build: { outDir }, preview: { port: 0, strictPort: false } })
  const url = server.resolvedUrls?.local[0]
  if (!url) throw new Error('the preview has no address')
  return {
    url,
    async close() {
      await server.close()
      rmSync(outDir, { recursive: true })
    },
  }
}
