import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'

const TRAINING = resolve(import.meta.dirname, '../training')
const VENV = resolve(TRAINING, '.venv')
const PYTHON = resolve(VENV, 'bin/python')
const REQUIREMENTS = resolve(TRAINING, 'requirements.txt')
const STAMP = resolve(VENV, 'requirements.installed.txt')

function run(command: string, args: string[]): void {
  const { status, error } = spawnSync(command, args, { stdio: 'inherit', cwd: TRAINING })
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} failed${error ? `: ${error.message}` : ''}`)
}

const findBase = (): string => process.env.VOXCT_PYTHON ?? 'python3'

/** Whether there is an interpreter, new enough, that can make a virtual environment. */
export const hasPython = (): boolean =>
  spawnSync(findBase(), ['-c', 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))']).status === 0

/** Whether the virtual environment is made, with the requirements as they are now. */
export const hasPackages = (): boolean =>
  existsSync(STAMP) && readFileSync(STAMP, 'utf8') === readFileSync(REQUIREMENTS, 'utf8')

/**
 * The Python of training/: a virtual environment with the pinned requirements, made on first use.
 * @returns path of its interpreter
 * @throws Error with the one line that says what to install
 */
export function ensurePython(): string {
  if (hasPackages()) return PYTHON
  if (!hasPython()) {
    throw new Error('Python 3.11 or newer with venv is needed (Debian: apt-get install python3-venv).')
  }
  if (!existsSync(PYTHON)) run(findBase(), ['-m', 'venv', VENV])
  run(PYTHON, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '-r', REQUIREMENTS])
  writeFileSync(STAMP, readFileSync(REQUIREMENTS))
  return PYTHON
}

if (process.argv[1] === import.meta.filename) process.stdout.write(`${ensurePython()}\n`)
