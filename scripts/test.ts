import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { resolve } from 'node:path'
import { findChromium } from './chromium.ts'
import { prepareMachine } from './machine.ts'
import type { Need } from './needs.ts'
import { ensurePython } from './python.ts'

/*
 * Everything a reviewer would run, in one command: `npm test`. Steps can be chosen: `npm test -- unit e2e`. What the
 * chosen steps need and the machine lacks is installed first where it may be (needs.ts).
 * Ends with the line "N passed, N failed" over all steps; a check without tests of its own (types, lint) counts as one.
 */

const ROOT = resolve(import.meta.dirname, '..')
const REPORTS = resolve(ROOT, 'test-results')

interface Count {
  passed: number
  failed: number
  skipped: number
}

interface Step {
  readonly name: string
  readonly needs?: readonly Need[]
  run(): Count
}

function execute(
  command: string,
  args: string[],
  options: { cwd?: string; env?: Record<string, string> } = {},
): boolean {
  const env = { ...process.env, ...options.env }
  return spawnSync(command, args, { stdio: 'inherit', cwd: options.cwd ?? ROOT, env }).status === 0
}

const asCount = (passed: boolean): Count => ({ passed: Number(passed), failed: Number(!passed), skipped: 0 })

/** A runner that dies before it writes its report, or fails outside a test, counts as one failure. */
function withExit(count: Count | null, passed: boolean): Count {
  if (count === null) return asCount(false)
  return passed || count.failed > 0 ? count : { ...count, failed: 1 }
}

function readReport<T>(name: string, toCount: (report: T) => Count): Count | null {
  const path = resolve(REPORTS, name)
  if (!existsSync(path)) return null
  const text = readFileSync(path, 'utf8')
  return toCount((name.endsWith('.json') ? JSON.parse(text) : text) as T)
}

/** Checks without tests of their own: each command counts as one. */
function runAll(...commands: string[][]): Count {
  const passed = commands.filter((args) => execute('npx', args)).length
  return { passed, failed: commands.length - passed, skipped: 0 }
}

function runVitest(): Count {
  const passed = execute('npx', [
    'vitest',
    'run',
    '--reporter=default',
    '--reporter=json',
    '--outputFile.json=test-results/unit.json',
  ])
  const count = readReport(
    'unit.json',
    (report: { numPassedTests: number; numFailedTests: number; numPendingTests: number }) => ({
      passed: report.numPassedTests,
      failed: report.numFailedTests,
      skipped: report.numPendingTests,
    }),
  )
  return withExit(count, passed)
}

function runPytest(): Count {
  const junit = resolve(REPORTS, 'training.xml')
  const passed = execute(ensurePython(), ['-m', 'pytest', '-q', '-rs', '--durations=5', `--junitxml=${junit}`], {
    cwd: resolve(ROOT, 'training'),
  })
  const count = readReport('training.xml', (xml: string) => {
    const number = (name: string) => Number(new RegExp(`<testsuite [^>]*${name}="(\\d+)"`).exec(xml)?.[1] ?? 0)
    const failed = number('failures') + number('errors')
    return { passed: number('tests') - failed - number('skipped'), failed, skipped: number('skipped') }
  })
  return withExit(count, passed)
}

/** A part of the corpus of odd and hostile files (corpus/run/subset.ts); what is left out counts as skipped. */
function runCorpus(): Count {
  const passed = execute('npx', ['tsx', 'corpus/run/testCorpus.ts', '--subset'])
  return withExit(
    readReport('corpus.json', (count: Count) => count),
    passed,
  )
}

function runPlaywright(): Count {
  const env = { VOXCT_CHROMIUM: findChromium(), PLAYWRIGHT_JSON_OUTPUT_NAME: resolve(REPORTS, 'e2e.json') }
  const passed = execute('npx', ['playwright', 'test', '--reporter=list,json'], { env })
  const count = readReport(
    'e2e.json',
    ({ stats }: { stats: { expected: number; unexpected: number; flaky: number; skipped: number } }) => ({
      passed: stats.expected + stats.flaky,
      failed: stats.unexpected,
      skipped: stats.skipped,
    }),
  )
  return withExit(count, passed)
}

const STEPS: readonly Step[] = [
  {
    name: 'lint',
    // Format and rules; then what nothing uses, and what only tests use (knip.ts).
    run: () => runAll(['biome', 'ci', '--colors=off', '--error-on-warnings', '.'], ['knip'], ['knip', '--production']),
  },
  {
    name: 'types',
    // Once more for what runs without a page: a type of the DOM that leaks there is refused.
    run: () => runAll(['tsc', '--noEmit', '-p', '.'], ['tsc', '--noEmit', '-p', 'tsconfig.worker.json']),
  },
  {
    name: 'python-lint',
    needs: ['python-packages'],
    run: () =>
      asCount(
        execute(ensurePython(), ['-m', 'ruff', 'check', '.', '../corpus/voxct_corpus'], {
          cwd: resolve(ROOT, 'training'),
        }),
      ),
  },
  { name: 'unit', run: runVitest },
  { name: 'corpus', needs: ['dcmtk', 'corpus-packages'], run: runCorpus },
  { name: 'training', needs: ['python-packages'], run: runPytest },
  { name: 'build', run: () => asCount(execute('npx', ['vite', 'build', '--logLevel', 'warn'])) },
  { name: 'e2e', needs: ['chromium', 'espeak-ng', 'python-packages', 'dcmtk', 'corpus-packages'], run: runPlaywright },
]

function runStep(step: Step): Count {
  process.stdout.write(`\n=== ${step.name} ===\n`)
  const startedAt = Date.now()
  let count: Count
  try {
    count = step.run()
  } catch (thrown) {
    process.stdout.write(`${thrown instanceof Error ? thrown.message : String(thrown)}\n`)
    count = asCount(false)
  }
  const seconds = Math.round((Date.now() - startedAt) / 1000)
  process.stdout.write(
    `=== ${step.name}: ${count.passed} passed, ${count.failed} failed, ${count.skipped} skipped, ${seconds} s ===\n`,
  )
  return count
}

/** The chosen steps in their order, all where none is named; null where a name is none of theirs, which is then told. */
function chooseSteps(chosen: readonly string[]): readonly Step[] | null {
  const unknown = chosen.filter((name) => !STEPS.some((step) => step.name === name))
  if (unknown.length === 0) return STEPS.filter((step) => chosen.length === 0 || chosen.includes(step.name))
  process.stderr.write(`No step ${unknown.join(', ')}; there are ${STEPS.map((step) => step.name).join(', ')}.\n`)
  return null
}

function main(): void {
  const steps = chooseSteps(process.argv.slice(2))
  if (!steps || !prepareMachine([...new Set(steps.flatMap((step) => step.needs ?? []))])) {
    process.exitCode = 1
    return
  }
  rmSync(REPORTS, { recursive: true, force: true })
  mkdirSync(REPORTS, { recursive: true })
  const counts = steps.map((step) => ({ name: step.name, ...runStep(step) }))
  process.stdout.write('\n')
  for (const { name, passed, failed, skipped } of counts) {
    process.stdout.write(`${name.padEnd(12)} ${passed} passed, ${failed} failed, ${skipped} skipped\n`)
  }
  const total = (key: keyof Count) => counts.reduce((sum, count) => sum + count[key], 0)
  process.stdout.write(`${total('passed')} passed, ${total('failed')} failed\n`)
  process.exitCode = total('failed') === 0 ? 0 : 1
}

main()
