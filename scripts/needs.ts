/*
 * What the steps of `npm test` need from the machine, and what is to be done about what is missing. Pure: machine.ts
 * finds the facts and carries a plan out.
 */

export type Need = 'chromium' | 'espeak-ng' | 'dcmtk' | 'python' | 'python-packages' | 'corpus-packages'

export interface Machine {
  readonly platform: NodeJS.Platform
  /** `ID` and `ID_LIKE` of /etc/os-release, nearest first; empty where there is none. */
  readonly distribution: readonly string[]
  readonly root: boolean
  /** False where `VOXCT_NO_INSTALL` is set. */
  readonly mayInstall: boolean
  readonly has: ReadonlySet<Need>
}

export interface Command {
  readonly program: string
  readonly args: readonly string[]
}

export type Plan =
  | { readonly kind: 'ready' }
  | { readonly kind: 'install'; readonly line: string; readonly commands: readonly Command[] }
  | { readonly kind: 'refuse'; readonly line: string }

const NAMES: Record<Need, string> = {
  chromium: 'Chromium',
  'espeak-ng': 'espeak-ng',
  dcmtk: 'dcmtk',
  python: 'Python 3.11 with venv',
  'python-packages': 'the Python packages of training/requirements.txt (in training/.venv)',
  'corpus-packages': 'the Python packages of corpus/requirements.txt (in corpus/.venv)',
}

type System = 'debian' | 'ubuntu' | 'fedora' | 'arch' | 'suse' | 'mac' | 'other'

/** A browser that Playwright brings; `--with-deps` adds the libraries it needs, by apt. */
const PLAYWRIGHT: Command = { program: 'npx', args: ['playwright', 'install', 'chromium'] }
const PLAYWRIGHT_WITH_LIBRARIES: Command = { ...PLAYWRIGHT, args: ['playwright', 'install', '--with-deps', 'chromium'] }
const PACKAGES: Readonly<Partial<Record<Need, Command>>> = {
  'python-packages': { program: 'npm', args: ['run', '--silent', 'python'] },
  'corpus-packages': { program: 'npm', args: ['run', '--silent', 'python', 'corpus'] },
}

/**
 * The packages' names on each system. Debian's Chromium draws no letters without a font; Ubuntu's is a snap, which does
 * not run in a container.
 */
const INSTALLERS: Record<System, { readonly install: string; readonly names: Partial<Record<Need, string>> }> = {
  debian: {
    install: 'apt-get install',
    names: {
      chromium: 'chromium fonts-liberation',
      'espeak-ng': 'espeak-ng',
      dcmtk: 'dcmtk',
      python: 'python3-venv',
    },
  },
  ubuntu: {
    install: 'apt-get install',
    names: { 'espeak-ng': 'espeak-ng', dcmtk: 'dcmtk', python: 'python3-venv' },
  },
  fedora: {
    install: 'dnf install',
    names: { chromium: 'chromium', 'espeak-ng': 'espeak-ng', dcmtk: 'dcmtk', python: 'python3' },
  },
  arch: {
    install: 'pacman -S',
    names: { chromium: 'chromium', 'espeak-ng': 'espeak-ng', dcmtk: 'dcmtk', python: 'python' },
  },
  suse: {
    install: 'zypper install',
    names: { chromium: 'chromium', 'espeak-ng': 'espeak-ng', dcmtk: 'dcmtk', python: 'python311' },
  },
  mac: { install: 'brew install', names: { 'espeak-ng': 'espeak-ng', dcmtk: 'dcmtk', python: 'python' } },
  other: { install: '', names: {} },
}

function toSystem({ platform, distribution }: Machine): System {
  if (platform === 'darwin') return 'mac'
  const ids: readonly [string, System][] = [
    ['ubuntu', 'ubuntu'],
    ['debian', 'debian'],
    ['fedora', 'fedora'],
    ['rhel', 'fedora'],
    ['arch', 'arch'],
    ['suse', 'suse'],
  ]
  return ids.find(([id]) => distribution.includes(id))?.[1] ?? 'other'
}

function listMissing(needs: readonly Need[], machine: Machine): Need[] {
  const missing = needs.filter((need) => !machine.has.has(need))
  // The interpreter only makes the environment: one that is there already needs no other.
  const makesPackages = missing.some((need) => PACKAGES[need]) && !machine.has.has('python')
  return makesPackages ? ['python', ...missing] : missing
}

const joinNames = (names: readonly string[]): string =>
  names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`

/** A command as a person types it. */
const toTyped = ({ program, args }: Command): string => [program, ...args.filter((arg) => arg !== '--silent')].join(' ')

/** The one line for a person: what is missing, and what to type for it. */
function toRefusal(missing: readonly Need[], machine: Machine, why: string): Plan {
  const system = toSystem(machine)
  const { install, names } = INSTALLERS[system]
  const sudo = machine.root || system === 'mac' ? '' : 'sudo '
  const packages = missing.flatMap((need) => names[need] ?? [])
  const browser = system === 'ubuntu' ? PLAYWRIGHT_WITH_LIBRARIES : PLAYWRIGHT
  const unnamed = missing.filter((need) => !names[need])
  const todo = [
    ...(packages.length > 0 ? [`${sudo}${install} ${packages.join(' ')}`] : []),
    ...unnamed.filter((need) => need !== 'chromium' && !PACKAGES[need]).map((need) => `install ${NAMES[need]}`),
    ...(unnamed.includes('chromium') ? [[browser.program, ...browser.args].join(' ')] : []),
    ...missing.flatMap((need) => (PACKAGES[need] ? [toTyped(PACKAGES[need])] : [])),
  ]
  const missed = joinNames(missing.map((need) => NAMES[need]))
  return { kind: 'refuse', line: `${why}Missing: ${missed}. To do: ${todo.join('; ')}.` }
}

/** Root of a Debian or Ubuntu: the one who may install packages without asking. */
const mayUseApt = (machine: Machine): boolean => machine.root && /^(debian|ubuntu)$/.test(toSystem(machine))

/** What may be installed without asking: packages by apt, Playwright's browser, the project's own Python environments. */
const mayBeInstalled = (need: Need, machine: Machine): boolean =>
  need === 'chromium' || PACKAGES[need] !== undefined || mayUseApt(machine)

function toInstallation(missing: readonly Need[], machine: Machine): Plan {
  const { names } = INSTALLERS[mayUseApt(machine) ? toSystem(machine) : 'other']
  const byApt = missing.flatMap((need) => names[need]?.split(' ') ?? [])
  const commands: Command[] = []
  const told: string[] = []
  if (byApt.length > 0) {
    commands.push({ program: 'apt-get', args: ['update', '-qq'] })
    commands.push({ program: 'apt-get', args: ['install', '-y', '-qq', '--no-install-recommends', ...byApt] })
    told.push(`${joinNames(byApt)} by apt-get`)
  }
  if (missing.includes('chromium') && !names.chromium) {
    commands.push(mayUseApt(machine) ? PLAYWRIGHT_WITH_LIBRARIES : PLAYWRIGHT)
    told.push("Playwright's Chromium")
  }
  for (const need of missing) {
    if (!PACKAGES[need]) continue
    commands.push(PACKAGES[need])
    told.push(NAMES[need])
  }
  return { kind: 'install', line: `Will be installed: ${told.join('; ')} (VOXCT_NO_INSTALL=1 refuses).`, commands }
}

/** What is to be done before steps with these needs can run on this machine. */
export function planInstall(needs: readonly Need[], machine: Machine): Plan {
  const missing = listMissing(needs, machine)
  if (missing.length === 0) return { kind: 'ready' }
  if (!machine.mayInstall) return toRefusal(missing, machine, 'VOXCT_NO_INSTALL is set. ')
  if (!missing.every((need) => mayBeInstalled(need, machine))) return toRefusal(missing, machine, '')
  return toInstallation(missing, machine)
}

/** What to say when the plan was carried out and something is missing still; `ready` when nothing is. */
export function checkInstalled(needs: readonly Need[], machine: Machine): Plan {
  const missing = listMissing(needs, machine)
  return missing.length === 0 ? { kind: 'ready' } : toRefusal(missing, machine, 'Installing did not help. ')
}

/** `ID` and `ID_LIKE` of the text of /etc/os-release, `ID` first. */
export function parseDistribution(osRelease: string): string[] {
  const read = (key: string) => new RegExp(`^${key}=["']?([^"'\\n]*)`, 'm').exec(osRelease)?.[1] ?? ''
  return [read('ID'), ...read('ID_LIKE').split(' ')].filter((id) => id !== '')
}
