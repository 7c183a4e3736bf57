import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

const HOME = resolve(import.meta.dirname, '../../.cache/bench-viewers')

/** Peers at exact versions; they are no part of the app and are fetched by the bench alone. */
const VERSIONS = { '@ohif/app': '3.13.2', '@niivue/niivue': '0.69.0', '@niivue/dcm2niix': '1.2.0' } as const

/** Local files are off in OHIF's own production build; nothing else differs from its defaults. */
const OHIF_CONFIG = `window.config = {
  name: 'bench', routerBasename: null, extensions: [], modes: [], customizationService: {}, showStudyList: true,
  maxNumberOfWebWorkers: 3, showWarningMessageForCrossOrigin: true, showCPUFallbackMessage: true,
  showLoadingIndicator: true, strictZSpacingForVolumeViewport: true,
  maxNumRequests: { interaction: 100, thumbnail: 5, prefetch: 25 },
  defaultDataSourceName: 'dicomlocal',
  dataSources: [{
    namespace: '@ohif/extension-default.dataSourcesModule.dicomlocal', sourceName: 'dicomlocal',
    configuration: { friendlyName: 'dicom local' },
  }],
}
`

const folderOf = (name: string): string =>
  join(HOME, `${name.replace('/', '__')}-${VERSIONS[name as keyof typeof VERSIONS]}`)

/** Fetches a package without what it depends on and without its scripts. Throws where npm cannot. */
function fetchPackage(name: keyof typeof VERSIONS): string {
  const folder = folderOf(name)
  if (existsSync(join(folder, 'package.json'))) return folder
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  const packed = spawnSync('npm', ['pack', '--silent', `${name}@${VERSIONS[name]}`], { cwd: folder, encoding: 'utf8' })
  const archive = packed.stdout?.trim()
  if (packed.status !== 0 || !archive)
    throw new Error(`npm could not fetch ${name}: ${packed.stderr.trim().split('\n').at(-1)}`)
  const unpacked = spawnSync('tar', ['xzf', archive, '--strip-components=1'], { cwd: folder, encoding: 'utf8' })
  if (unpacked.status !== 0) throw new Error(`${archive} could not be unpacked: ${unpacked.stderr}`)
  rmSync(join(folder, archive))
  return folder
}

export interface Peers {
  readonly ohif: string
  readonly niivue: string
}

/** Folders to serve, one a peer. Throws with the reason where they cannot be fetched. */
export function installPeers(): Peers {
  const ohif = join(fetchPackage('@ohif/app'), 'dist')
  writeFileSync(join(ohif, 'app-config.js'), OHIF_CONFIG)
  const niivue = join(HOME, 'niivue')
  mkdirSync(niivue, { recursive: true })
  cpSync(join(fetchPackage('@niivue/niivue'), 'dist/niivue.umd.js'), join(niivue, 'niivue.js'))
  cpSync(join(fetchPackage('@niivue/dcm2niix'), 'dist'), join(niivue, 'dcm2niix'), { recursive: true })
  for (const name of ['niivue.html', 'niivuePage.js']) {
    cpSync(join(import.meta.dirname, name), join(niivue, name.replace('niivue.html', 'index.html')))
  }
  return { ohif, niivue }
}
