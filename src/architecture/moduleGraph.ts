import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { parseSync } from 'vite'

/** The modules of the app and of the phantom, and what each imports, as the parser of the build sees it. */

const ROOT = resolve(import.meta.dirname, '../..')

export interface Import {
  /** Path from the source folder: `flows/reading.ts`; the phantom's begin with `phantom/`. */
  readonly from: string
  /** A path of the same form where it is a file of ours, else the library as written. */
  readonly to: string
  readonly ours: boolean
  /** Gone when compiled: `import type`, `export type`. */
  readonly typeOnly: boolean
}

function listFiles(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name)
    if (statSync(path).isDirectory()) return name === 'architecture' ? [] : listFiles(path)
    return /\.tsx?$/.test(name) ? [path] : []
  })
}

const toName = (path: string): string => relative(ROOT, path).replace(/^src\//, '')

/** Tests and what they are built from: they may import what the code under test may not. */
export const isTest = (name: string): boolean => /\.(test|fixture)\.tsx?$|\/testing\//.test(name)

function readImports(path: string): Import[] {
  const text = readFileSync(path, 'utf8')
  const { module, errors } = parseSync(path, text)
  if (errors.length > 0) throw new Error(`${path}: ${errors[0].message}`)
  const found = new Map<string, boolean>()
  const note = (target: string, typeOnly: boolean) => found.set(target, typeOnly && (found.get(target) ?? true))
  for (const { start, moduleRequest } of module.staticImports)
    note(moduleRequest.value, text.startsWith('import type', start))
  for (const { start, entries } of module.staticExports)
    for (const { moduleRequest } of entries)
      if (moduleRequest) note(moduleRequest.value, text.startsWith('export type', start))
  for (const { moduleRequest } of module.dynamicImports)
    note(text.slice(moduleRequest.start + 1, moduleRequest.end - 1), false)
  return [...found].map(([target, typeOnly]) => {
    const file = resolve(dirname(path), target)
    const ours = target.startsWith('.') && existsSync(file)
    return { from: toName(path), to: ours ? toName(file) : target, ours, typeOnly }
  })
}

/** Every import of the project, tests included. */
export const readModuleGraph = (): Import[] =>
  [resolve(ROOT, 'src'), resolve(ROOT, 'phantom')].flatMap(listFiles).flatMap(readImports)

/**
 * Groups of modules that reach each other (Tarjan's strongly connected components of more than one).
 * @returns each group sorted
 */
export function findCycles(imports: readonly Import[]): string[][] {
  const targets = new Map<string, string[]>()
  for (const { from, to, ours } of imports) if (ours) targets.set(from, [...(targets.get(from) ?? []), to])
  const order = new Map<string, number>()
  const low = new Map<string, number>()
  const stack: string[] = []
  const cycles: string[][] = []
  const visit = (name: string): void => {
    order.set(name, order.size)
    low.set(name, order.size - 1)
    stack.push(name)
    for (const target of targets.get(name) ?? []) {
      if (!order.has(target)) visit(target)
      if (stack.includes(target)) low.set(name, Math.min(low.get(name)!, low.get(target)!))
    }
    if (low.get(name) !== order.get(name)) return
    const group = stack.splice(stack.indexOf(name))
    if (group.length > 1 || targets.get(name)?.includes(name)) cycles.push(group.sort())
  }
  for (const name of targets.keys()) if (!order.has(name)) visit(name)
  return cycles
}
