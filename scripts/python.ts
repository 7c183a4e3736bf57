import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'

/** Folders that have Python of their own: a virtual environment with their pinned requirements. */
export type PythonFolder = 'training' | 'corpus'

const pathsOf = (folder: PythonFolder) => {
  const root = resolve(import.meta.dirname, '..', folder)
  const venv = resolve(root, '.venv')
  return {
    root,
    venv,
    python: resolve(venv, 'bin/python'),
    requirements: resolve(root, 'requirements.txt'),
    stamp: resolve(venv, 'requirements.installed.txt'),
  }
}

function run(command: string, args: string[], cwd: string): void {
  const { status, error } = spawnSync(command, args, { stdio: 'inherit', cwd })
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} failed${error ? `: ${error.message}` : ''}`)
}

const findBase = (): string => process.env.VOXCT_PYTHON ?? 'python3'

/** Whether there is an interpreter, new enough, that can make a virtual environment. */
export const hasPython = (): boolean =>
  spawnSync(findBase(), ['-c', 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))']).status === 0

/** Whether the virtual environment is made, with the requirements as they are now. */
export function hasPackages(folder: PythonFolder = 'training'): boolean {
  const { stamp, requirements } = pathsOf(folder)
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === readFileSync(requirements, 'utf8')
}

/**
 * The Python of a folder: a virtual environment with the pinned requirements, made on first use.
 * @returns path of its interpreter
 * @throws Error with the one line that says what to install
 */
export function ensurePython(folder: PythonFolder = 'training'): string {
  const { root, venv, python, requirements, stamp } = pathsOf(folder)
  if (hasPackages(folder)) return python
  if (!hasPython()) {
    throw new Error('Python 3.11 or newer with venv is needed (Debian: apt-get install python3-venv).')
  }
  if (!existsSync(python)) run(findBase(), ['-m', 'venv', venv], root)
  run(python, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '-r', requirements], root)
  writeFileSync(stamp, readFileSync(requirements))
  return python
}

/** Adds optional packages to a folder's environment, e.g. `requirements-ray.txt`. */
export function addPackages(requirements: string, folder: PythonFolder = 'training'): void {
  run(ensurePython(folder), ['-m', 'pip', 'install', '--quiet', '-r', requirements], pathsOf(folder).root)
}

if (process.argv[1] === import.meta.filename) {
  process.stdout.write(`${ensurePython(process.argv[2] === 'corpus' ? 'corpus' : 'training')}\n`)
}
