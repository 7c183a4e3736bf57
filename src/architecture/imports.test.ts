import { readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { expect, it } from 'vitest'

/*
 * Who may import whom (ARCHITECTURE.md). Arrows point inward: a folder may import itself and what its row names.
 * `types` after a folder allows type-only imports.
 */
const MAY_IMPORT: Record<string, string[]> = {
  base: [],
  phantom: ['base', 'domain'],
  domain: ['base'],
  state: ['base', 'domain types'],
  packs: ['base', 'domain'],
  inference: ['base', 'domain', 'packs'],
  volumes: ['base', 'domain', 'phantom'],
  cases: ['base', 'domain', 'packs', 'inference'],
  microphone: ['base', 'domain'],
  viewer: ['base', 'domain', 'state types'],
  storage: ['base', 'domain', 'state types'],
  flows: [
    'base',
    'domain',
    'state types',
    'inference types',
    'packs types',
    'cases types',
    'viewer types',
    'microphone types',
    'storage types',
  ],
  commands: ['base', 'domain', 'state'],
  ui: ['base', 'domain', 'state', 'commands', 'flows types', 'viewer types'],
  app: ['base', 'domain', 'state', 'commands types', 'flows', 'ui types', 'viewer', 'microphone types', 'storage'],
  main: [
    'app',
    'base',
    'domain',
    'phantom',
    'state',
    'inference',
    'packs',
    'volumes',
    'cases',
    'microphone',
    'viewer',
    'storage',
    'flows',
    'ui',
  ],
}

/** Each heavy library has one door. */
const ONLY_IN: readonly { readonly library: RegExp; readonly door: RegExp }[] = [
  { library: /^onnxruntime-web/, door: /^inference\/worker\/((ortRuntime|ortSession)\.ts$|.*\.test\.ts$)/ },
  { library: /^@ricky0123\/vad-web(?!.*\.onnx\?url$)/, door: /^microphone\// },
  { library: /^@cornerstonejs\//, door: /^viewer\// },
  { library: /^(react|react-dom|@mantine|@tabler|react-resizable-panels)/, door: /^(ui\/|main\.tsx$)/ },
  { library: /^zustand/, door: /^(state\/|ui\/)/ },
  { library: /^dexie/, door: /^storage\// },
  { library: /^@huggingface\/tokenizers/, door: /^domain\/text\/tokenizer\.ts$/ },
]

const SOURCE = resolve(import.meta.dirname, '..')
/** A product of its own, beside the app. */
const PHANTOM = resolve(SOURCE, '../phantom')
const CT_RATE_LIST = resolve(PHANTOM, 'findings/ctRateFindings.ts')
const IMPORT = /(?:import|export)\s+(type\s+)?(?:[^'";]*?\sfrom\s+)?'([^']+)'|import\(\s*'([^']+)'\s*\)/g

function listSources(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name)
    if (statSync(path).isDirectory()) return name === 'architecture' ? [] : listSources(path)
    return /\.tsx?$/.test(name) ? [path] : []
  })
}

const folderOf = (path: string): string => {
  if (path.startsWith(PHANTOM)) return 'phantom'
  const [first, second] = relative(SOURCE, path).split('/')
  return second === undefined ? 'main' : first
}

interface Import {
  readonly file: string
  readonly target: string
  readonly typeOnly: boolean
}

const IMPORTS: Import[] = [...listSources(SOURCE), ...listSources(PHANTOM)].flatMap((path) =>
  [...readFileSync(path, 'utf8').matchAll(IMPORT)].map((match) => ({
    file: path,
    target: match[2] ?? match[3],
    typeOnly: match[1] !== undefined,
  })),
)

it('finds the imports of the project at all', () => {
  expect(IMPORTS.length).toBeGreaterThan(50)
})

it('lets every folder import only what the table of ARCHITECTURE.md allows', () => {
  const isTest = (path: string) => /\.(test|fixture)\.tsx?$|\/testing\//.test(path)
  const broken = IMPORTS.filter(({ file, target, typeOnly }) => {
    if (!target.startsWith('.') || isTest(file)) return false
    const from = folderOf(file)
    const to = folderOf(resolve(dirname(file), target))
    const allowed = MAY_IMPORT[from]
    return from !== to && !allowed.includes(to) && !(typeOnly && allowed.includes(`${to} types`))
  })
  expect(broken.map(({ file, target }) => `${relative(SOURCE, file)} → ${target}`)).toEqual([])
})

it('leaves the findings to the pack: the list of CT-RATE is for the phantom, and for tests about it', () => {
  const ABOUT_THE_PHANTOM = ['volumes/worker/volumePhantom.test.ts']
  const users = IMPORTS.filter(
    ({ file, target }) => resolve(dirname(file), target) === CT_RATE_LIST && folderOf(file) !== 'phantom',
  )
  expect(users.map(({ file }) => relative(SOURCE, file))).toEqual(ABOUT_THE_PHANTOM)
})

it('keeps each heavy library behind its one door', () => {
  const broken = IMPORTS.filter(({ file, target }) =>
    ONLY_IN.some(({ library, door }) => library.test(target) && !door.test(relative(SOURCE, file))),
  )
  expect(broken.map(({ file, target }) => `${relative(SOURCE, file)} → ${target}`)).toEqual([])
})
