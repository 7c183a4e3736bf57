import { expect, it } from 'vitest'
import { checkInstalled, type Machine, type Need, parseDistribution, planInstall } from './needs.ts'

const BARE: Machine = {
  platform: 'linux',
  distribution: ['debian'],
  root: true,
  mayInstall: true,
  has: new Set<Need>(),
}
const ALL: readonly Need[] = ['chromium', 'espeak-ng', 'python-packages']
const UBUNTU = ['ubuntu', 'debian']

function typed(needs: readonly Need[], machine: Machine): string[] {
  const plan = planInstall(needs, machine)
  return plan.kind === 'install' ? plan.commands.map(({ program, args }) => [program, ...args].join(' ')) : [plan.kind]
}

function line(needs: readonly Need[], machine: Machine): string {
  const plan = planInstall(needs, machine)
  return plan.kind === 'ready' ? 'ready' : plan.line
}

it('installs nothing for steps that need nothing, on however bare a machine', () => {
  expect(planInstall([], BARE)).toEqual({ kind: 'ready' })
})

it('installs by apt-get as root of a Debian, then the Python packages', () => {
  expect(typed(ALL, BARE)).toEqual([
    'apt-get update -qq',
    'apt-get install -y -qq --no-install-recommends python3-venv chromium fonts-liberation espeak-ng',
    'npm run --silent python',
  ])
})

it('says beforehand in one line what will be installed and how to refuse', () => {
  expect(line(ALL, BARE)).toBe(
    'Will be installed: python3-venv, chromium, fonts-liberation and espeak-ng by apt-get; ' +
      'the Python packages of training/requirements.txt (in training/.venv) (VOXCT_NO_INSTALL=1 refuses).',
  )
})

it('asks only for what is missing', () => {
  const machine: Machine = { ...BARE, has: new Set<Need>(['python', 'python-packages', 'chromium']) }
  expect(typed(ALL, machine)).toEqual([
    'apt-get update -qq',
    'apt-get install -y -qq --no-install-recommends espeak-ng',
  ])
  expect(typed(ALL, { ...BARE, has: new Set(ALL) })).toEqual(['ready'])
})

it('asks for no interpreter where the environment is made already', () => {
  expect(typed(['python-packages'], { ...BARE, has: new Set<Need>(['python-packages']) })).toEqual(['ready'])
})

it("brings Playwright's browser with its libraries to Ubuntu, whose own chromium is a snap", () => {
  expect(typed(ALL, { ...BARE, distribution: UBUNTU })).toEqual([
    'apt-get update -qq',
    'apt-get install -y -qq --no-install-recommends python3-venv espeak-ng',
    'npx playwright install --with-deps chromium',
    'npm run --silent python',
  ])
})

it("brings Playwright's browser where nothing but the browser is missing, to whoever asks on whatever system", () => {
  const has = new Set<Need>(['espeak-ng', 'python', 'python-packages'])
  for (const distribution of [['debian'], ['fedora'], ['gentoo'], []]) {
    const expected = ['npx playwright install chromium']
    expect(typed(ALL, { ...BARE, distribution, root: false, has })).toEqual(expected)
  }
  expect(typed(ALL, { ...BARE, distribution: ['fedora'], has })).toEqual(['npx playwright install chromium'])
  expect(typed(ALL, { ...BARE, platform: 'darwin', distribution: [], root: false, has })).toEqual([
    'npx playwright install chromium',
  ])
})

it('refuses with one line that says what to type, by system, where it may not install', () => {
  const has = new Set<Need>(['python'])
  const of = (machine: Partial<Machine>) => line(ALL, { ...BARE, root: false, has, ...machine }).split('To do: ')[1]
  expect(of({})).toBe('sudo apt-get install chromium fonts-liberation espeak-ng; npm run python.')
  expect(of({ distribution: UBUNTU })).toBe(
    'sudo apt-get install espeak-ng; npx playwright install --with-deps chromium; npm run python.',
  )
  expect(of({ distribution: ['rocky', 'rhel', 'centos', 'fedora'], root: true })).toBe(
    'dnf install chromium espeak-ng; npm run python.',
  )
  expect(of({ distribution: ['arch'] })).toBe('sudo pacman -S chromium espeak-ng; npm run python.')
  expect(of({ distribution: ['opensuse-leap', 'suse', 'opensuse'] })).toBe(
    'sudo zypper install chromium espeak-ng; npm run python.',
  )
  expect(of({ platform: 'darwin', distribution: [] })).toBe(
    'brew install espeak-ng; npx playwright install chromium; npm run python.',
  )
  expect(of({ distribution: ['gentoo'] })).toBe('install espeak-ng; npx playwright install chromium; npm run python.')
})

it('names what is missing in the refusal, and that it was told to refuse', () => {
  expect(line(ALL, { ...BARE, mayInstall: false })).toBe(
    'VOXCT_NO_INSTALL is set. Missing: Python 3.11 with venv, Chromium, espeak-ng and the Python packages of ' +
      'training/requirements.txt (in training/.venv). ' +
      'To do: apt-get install python3-venv chromium fonts-liberation espeak-ng; npm run python.',
  )
})

it('says what is missing still when installing did not help', () => {
  const machine: Machine = { ...BARE, has: new Set<Need>(['python', 'python-packages', 'espeak-ng']) }
  expect(checkInstalled(ALL, machine)).toEqual({
    kind: 'refuse',
    line: 'Installing did not help. Missing: Chromium. To do: apt-get install chromium fonts-liberation.',
  })
  expect(checkInstalled(ALL, { ...BARE, has: new Set(ALL) })).toEqual({ kind: 'ready' })
})

it('reads the distribution and what it is like, quoted or not', () => {
  expect(parseDistribution('PRETTY_NAME="Debian GNU/Linux 12"\nID=debian\n')).toEqual(['debian'])
  expect(parseDistribution('NAME="Linux Mint"\nID=linuxmint\nID_LIKE="ubuntu debian"\nVERSION_ID="22"\n')).toEqual([
    'linuxmint',
    'ubuntu',
    'debian',
  ])
  expect(parseDistribution("ID='opensuse-leap'\nID_LIKE='suse opensuse'")).toEqual([
    'opensuse-leap',
    'suse',
    'opensuse',
  ])
  expect(parseDistribution('')).toEqual([])
})

it('brings dcmtk and the packages of the corpus to the step that wants them', () => {
  const needs: readonly Need[] = ['dcmtk', 'corpus-packages']
  expect(typed(needs, { ...BARE, has: new Set<Need>(['python']) })).toEqual([
    'apt-get update -qq',
    'apt-get install -y -qq --no-install-recommends dcmtk',
    'npm run --silent python corpus',
  ])
  expect(line(needs, { ...BARE, root: false, has: new Set<Need>(['python']) })).toBe(
    'Missing: dcmtk and the Python packages of corpus/requirements.txt (in corpus/.venv). ' +
      'To do: sudo apt-get install dcmtk; npm run python corpus.',
  )
})
