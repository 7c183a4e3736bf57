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

/**
 * The Python of training/: a virtual environment with the pinned requirements, made on first use.
 * @returns path of its interpreter
 * @throws Error with the one line that says what to install
 */
export function ensurePython(): string {
  const wanted = readFileSync(REQUIREMENTS, 'utf8')
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === wanted) return PYTHON
  const base = process.env.VOXCT_PYTHON ?? 'python3'
  if (spawnSync(base, ['-c', 'import venv, ensurepip']).status !== 0) {
    throw new Error('Python 3.11 or newer with venv is needed (Debian: apt-get install python3 python3-venv).')
  }
  if (!existsSync(PYTHON)) run(base, ['-m', 'venv', VENV])
  run(PYTHON, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '-r', REQUIREMENTS])
  writeFileSync(STAMP, wanted)
  return PYTHON
}

if (process.argv[1] === import.meta.filename) process.stdout.write(`${ensurePython()}\n`)
