import { expect, it } from 'vitest'
import { type Import, isTest, readModuleGraph } from './moduleGraph.ts'

/* What the parts of a room may import of each other; imports.test.ts tells it between the rooms. */

const PRODUCT = readModuleGraph().filter(({ from }) => !isTest(from))
const OURS = PRODUCT.filter(({ ours }) => ours)

const tell = (broken: readonly Import[]): string[] => broken.map(({ from, to }) => `${from} → ${to}`)

/** Which thread a file of inference, volumes, packs and cases runs on; null for what both may run. */
const threadOf = (name: string): 'client' | 'worker' | null =>
  (/^(?:inference|volumes|packs|cases)\/.*?(client|worker)\//.exec(name)?.[1] as 'client' | 'worker') ?? null

/** Files that no other imports: they are where a thread begins. */
const isEntry = (name: string): boolean => /\.(worker|worklet)\.ts$/.test(name)

it('knows the thread of a file by its path', () => {
  expect(threadOf('packs/keep/worker/keepPack.ts')).toBe('worker')
  expect(threadOf('inference/client/ctEngine.ts')).toBe('client')
  expect(threadOf('packs/fetch/packFiles.ts')).toBeNull()
  expect(threadOf('ui/model/ModelPage.tsx')).toBeNull()
})

it('lets the page take only types from a worker, and a worker nothing from the page', () => {
  const broken = OURS.filter(({ from, to, typeOnly }) => {
    if (threadOf(from) === 'worker') return threadOf(to) === 'client'
    return threadOf(to) === 'worker' && !typeOnly
  })
  expect(OURS.filter(({ from }) => threadOf(from) === 'worker').length).toBeGreaterThan(50)
  expect(tell(broken)).toEqual([])
})

it('lets a worker import of other rooms only what runs on every thread', () => {
  const broken = OURS.filter(
    ({ from, to }) =>
      threadOf(from) === 'worker' && threadOf(to) === 'worker' && from.split('/')[0] !== to.split('/')[0],
  )
  expect(tell(broken)).toEqual([])
})

it('begins a thread at a file that nothing imports', () => {
  expect(tell(OURS.filter(({ to }) => isEntry(to)))).toEqual([])
})

it('keeps libraries out of the ways: a way is read without knowing one', () => {
  expect(tell(PRODUCT.filter(({ from, ours }) => from.startsWith('flows/') && !ours))).toEqual([])
})

/** What every feature of the user interface may build with, beside its own folder and the files next to the folders. */
const SHARED_UI = ['parts', 'text', 'theme']
/** The shell puts the features together. */
const COMPOSING_UI = ['shell']
/** Each owes a reason. */
const FEATURE_EXCEPTIONS: readonly string[] = [
  // The adding of a model goes on in the corner where notices stand, wherever its page was left.
  'ui/notices/NoticeList.tsx → ui/model/AddingCard.tsx',
]

const featureOf = (name: string): string | null => /^ui\/([^/]+)\//.exec(name)?.[1] ?? null

it('lets a feature of the user interface import parts, not other features or the shell', () => {
  const broken = OURS.filter(({ from, to }) => {
    const [feature, target] = [featureOf(from), featureOf(to)]
    if (feature === null || target === null || feature === target) return false
    return !COMPOSING_UI.includes(feature) && !SHARED_UI.includes(target)
  })
  expect(tell(broken).filter((line) => !FEATURE_EXCEPTIONS.includes(line))).toEqual([])
})

it('lets the shared parts of the user interface import no feature', () => {
  const broken = OURS.filter(({ from, to }) => {
    const target = featureOf(to)
    return SHARED_UI.includes(featureOf(from) ?? '') && target !== null && !SHARED_UI.includes(target)
  })
  expect(tell(broken)).toEqual([])
})
