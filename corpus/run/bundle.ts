import { resolve } from 'node:path'
import { build } from 'vite'
import { ROOT } from './folders.ts'

/**
 * Bundles a program of this folder for Node as the app is bundled for the browser: some of what it imports has no
 * modules that Node reads by itself.
 * @returns the bundle's path
 */
export async function bundle(name: string): Promise<string> {
  const outDir = resolve(ROOT, 'corpus/.cache/run')
  await build({
    root: ROOT,
    configFile: false,
    publicDir: false,
    logLevel: 'error',
    build: {
      ssr: resolve(ROOT, 'corpus/run', `${name}.ts`),
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
