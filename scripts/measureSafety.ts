import { spawnSync } from 'node:child_process'
import { bundleForNode } from './bundleForNode.ts'

/* `npm run measure:safety -- [N] [develop]`: bundles safety/measure.ts, which tells what it prints, and runs it. */

const program = await bundleForNode('scripts/safety/measure.ts', 'node_modules/.cache/safety')
const { status } = spawnSync(process.execPath, [program, ...process.argv.slice(2)], { stdio: 'inherit' })
process.exitCode = status ?? 1
