import { spawnSync } from 'node:child_process'
import { bundleForNode } from './bundleForNode.ts'

/* `npm run measure:commands -- [FOLDER…]`: bundles commands/measure.ts, which tells what it prints, and runs it. */

const program = await bundleForNode('scripts/commands/measure.ts', 'node_modules/.cache/commands')
const { status } = spawnSync(process.execPath, [program, ...process.argv.slice(2)], { stdio: 'inherit' })
process.exitCode = status ?? 1
