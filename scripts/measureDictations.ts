import { spawnSync } from 'node:child_process'
import { bundleForNode } from './bundleForNode.ts'

/* `npm run measure:dictations -- FOLDER`: bundles hearing/dictations.ts, which tells what it prints, and runs it. */

const program = await bundleForNode('scripts/hearing/dictations.ts', 'node_modules/.cache/hearing')
const { status } = spawnSync(process.execPath, [program, ...process.argv.slice(2)], { stdio: 'inherit' })
process.exitCode = status ?? 1
