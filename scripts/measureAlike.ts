import { spawnSync } from 'node:child_process'
import { bundleForNode } from './bundleForNode.ts'

/* `npm run measure:alike -- [FOLDER …]`: bundles alike/measure.ts, which tells what it prints, and runs it. */

const program = await bundleForNode('scripts/alike/measure.ts', 'node_modules/.cache/alike')
const { status } = spawnSync(process.execPath, [program, ...process.argv.slice(2)], { stdio: 'inherit' })
process.exitCode = status ?? 1
