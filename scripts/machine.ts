import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { findRunningChromium } from './chromium.ts'
import { checkInstalled, type Machine, type Need, type Plan, parseDistribution, planInstall } from './needs.ts'
import { hasPackages, hasPython } from './python.ts'

const ROOT = resolve(import.meta.dirname, '..')

const PROBES: Record<Need, () => boolean> = {
  chromium: () => findRunningChromium() !== null,
  'espeak-ng': () => spawnSync('espeak-ng', ['--version']).status === 0,
  python: hasPython,
  dcmtk: () => spawnSync('dcmcjpeg', ['--version']).status === 0,
  'python-packages': () => hasPackages('training'),
  'corpus-packages': () => hasPackages('corpus'),
}

/** The facts about this machine that bear on `needs`; what is not asked for is not looked for. */
function probeMachine(needs: readonly Need[]): Machine {
  const makesPackages = needs.includes('python-packages') || needs.includes('corpus-packages')
  const asked: readonly Need[] = makesPackages ? ['python', ...needs] : needs
  const osRelease = '/etc/os-release'
  return {
    platform: process.platform,
    distribution: existsSync(osRelease) ? parseDistribution(readFileSync(osRelease, 'utf8')) : [],
    root: process.getuid?.() === 0,
    mayInstall: !process.env.VOXCT_NO_INSTALL,
    has: new Set(asked.filter((need) => PROBES[need]())),
  }
}

function carryOut(needs: readonly Need[], plan: Plan): Plan {
  if (plan.kind !== 'install') return plan
  process.stdout.write(`${plan.line}\n`)
  for (const { program, args } of plan.commands) {
    // What failed shows in what is missing afterwards. Of apt-get's hundreds of lines only the errors are told.
    const stdio = ['ignore', program === 'npx' ? 'inherit' : 'ignore', 'inherit'] as const
    spawnSync(program, args, {
      cwd: ROOT,
      stdio: [...stdio],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    })
  }
  return checkInstalled(needs, probeMachine(needs))
}

/**
 * Makes sure that the machine has what is needed, installing what it may (needs.ts).
 * @returns whether it has; if not, the one line that says what to install was printed
 */
export function prepareMachine(needs: readonly Need[]): boolean {
  const plan = carryOut(needs, planInstall(needs, probeMachine(needs)))
  if (plan.kind === 'refuse') process.stderr.write(`${plan.line}\n`)
  return plan.kind === 'ready'
}
