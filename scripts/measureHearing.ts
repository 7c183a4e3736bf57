import { spawnSync } from 'node:child_process'
import { resolve } from 'node:path'
import { build } from 'vite'

/*
 * `npm run measure:hearing -- FOLDER [develop]`: bundles hearing/measure.ts for Node as the app is bundled for the browser, since
 * the runtime imports its wasm by address, and runs it.
 */

const ROOT = resolve(import.meta.dirname, '..')
const outDir = resolve(ROOT, 'node_modules/.cache/hearing')
await build({
  root: ROOT,
  configFile: false,
  publicDir: false,
  logLevel: 'error',
  build: {
    ssr: resolve(ROOT, 'scripts/hearing/measure.ts'),
    outDir,
    target: 'node20',
    minify: false,
    rolldownOptions: { output: { entryFileNames: 'measure.mjs' } },
  },
})
const { status } = spawnSync(process.execPath, [resolve(outDir, 'measure.mjs'), ...process.argv.slice(2)], {
  cwd: ROOT,
  stdio: 'inherit',
})
process.exitCode = status ?? 1
