import { basename, resolve } from 'node:path'
import { build } from 'vite'

const ROOT = resolve(import.meta.dirname, '..')

/**
 * Bundles a program for Node as the app is bundled for the browser: some of what it imports has no modules that Node reads by
 * itself, or is imported by its address. Paths are from the repository's root.
 * @returns the bundle's path
 */
export async function bundleForNode(entry: string, folder: string): Promise<string> {
  const name = basename(entry, '.ts')
  const outDir = resolve(ROOT, folder)
  await build({
    root: ROOT,
    configFile: false,
    publicDir: false,
    logLevel: 'error',
    build: {
      ssr: resolve(ROOT, entry),
      outDir,
      emptyOutDir: false,
      target: 'node20',
      minify: false,
      rolldownOptions: { output: { entryFileNames: `${name}.mjs` } },
    },
    ssr: { noExternal: ['dicom-parser', 'nifti-reader-js'] },
  })
  return resolve(outDir, `${name}.mjs`)
}
