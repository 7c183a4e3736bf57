import { expect, it } from 'vitest'
import { type Import, isTest, readModuleGraph } from './moduleGraph.ts'

/*
 * Who may import whom (ARCHITECTURE.md). Arrows point inward: a folder may import itself and what its row names.
 * `types` after a folder allows type-only imports.
 */
const MAY_IMPORT: Record<string, string[]> = {
  base: [],
  phantom: ['base', 'domain'],
  domain: ['base'],
  state: ['base', 'domain'],
  packs: ['base', 'domain'],
  inference: ['base', 'domain', 'packs'],
  volumes: ['base', 'domain', 'phantom'],
  cases: ['base', 'domain', 'packs', 'inference'],
  microphone: ['base', 'domain'],
  viewer: ['base', 'domain'],
  storage: ['base', 'domain', 'state types'],
  session: ['base', 'domain', 'state', 'cases types', 'viewer types'],
  flows: [
    'base',
    'domain',
    'session',
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
  app: [
    'base',
    'domain',
    'state',
    'commands types',
    'session types',
    'flows',
    'ui types',
    'viewer',
    'microphone types',
    'storage',
  ],
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

const IMPORTS = readModuleGraph()
const PRODUCT = IMPORTS.filter(({ from, ours }) => ours && !isTest(from))

const toFolder = (name: string): string => {
  const [first, second] = name.split('/')
  return second === undefined ? 'main' : first
}

const tell = (broken: readonly Import[]): string[] => broken.map(({ from, to }) => `${from} → ${to}`)

it('finds the imports of the project at all', () => {
  expect(IMPORTS.length).toBeGreaterThan(1000)
})

it('lets every folder import only what the table of ARCHITECTURE.md allows', () => {
  const broken = PRODUCT.filter(({ from, to, typeOnly }) => {
    const [folder, target] = [toFolder(from), toFolder(to)]
    const allowed = MAY_IMPORT[folder]
    return folder !== target && !allowed.includes(target) && !(typeOnly && allowed.includes(`${target} types`))
  })
  expect(tell(broken)).toEqual([])
})

it('keeps each heavy library behind its one door', () => {
  const broken = IMPORTS.filter(
    ({ from, to, ours }) => !ours && ONLY_IN.some(({ library, door }) => library.test(to) && !door.test(from)),
  )
  expect(tell(broken)).toEqual([])
})
