import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseSync } from 'vite'
import { isTest } from './moduleGraph.ts'

/** What the source can tell a person about a file: codes and sentences, read from the syntax tree. */

const SOURCE = resolve(import.meta.dirname, '..')

export interface ToldProblem {
  readonly code: string
  /** The sentence; what is filled in at run time is "…". */
  readonly words: string
}

/** A node of the syntax tree (ESTree), as far as it is looked at. */
interface Node {
  readonly type: string
  readonly [field: string]: unknown
}

const isNode = (value: unknown): value is Node => typeof (value as Node | null)?.type === 'string'

/** Every problem that the modules in these folders and files can make. */
export function readToldProblems(places: readonly string[]): ToldProblem[] {
  return places.flatMap(listModules).flatMap((path) => {
    const { program } = parseSync(path, readFileSync(path, 'utf8'))
    return collect(program as unknown as Node)
  })
}

function listModules(place: string): string[] {
  if (place.endsWith('.ts')) return [join(SOURCE, place)]
  return readdirSync(join(SOURCE, place), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.d.ts') && !isTest(join(place, name)))
    .map((name) => join(SOURCE, place, name))
}

function collect(node: Node): ToldProblem[] {
  const children = Object.values(node)
    .flatMap((value) => (Array.isArray(value) ? value : [value]))
    .filter(isNode)
  return [...toProblem(node), ...children.flatMap(collect)]
}

/** `{ code: 'x', message: … }`, or `'x': (…) => ({ message: … })` in a table of problems. */
function toProblem(node: Node): ToldProblem[] {
  if (node.type === 'ObjectExpression') {
    const code = findProperty(node, 'code')
    const message = findProperty(node, 'message')
    return code?.type === 'Literal' && message
      ? toWords(message).map((words) => ({ code: String(code.value), words }))
      : []
  }
  if (node.type !== 'Property' || !isNode(node.value) || node.value.type !== 'ArrowFunctionExpression') return []
  const key = node.key as Node
  const body = unwrap(node.value.body as Node)
  const message = body.type === 'ObjectExpression' ? findProperty(body, 'message') : null
  return key.type === 'Literal' && message ? toWords(message).map((words) => ({ code: String(key.value), words })) : []
}

const unwrap = (node: Node): Node => (node.type === 'ParenthesizedExpression' ? unwrap(node.expression as Node) : node)

function findProperty(object: Node, name: string): Node | null {
  const properties = object.properties as readonly Node[]
  const found = properties.find((one) => one.type === 'Property' && (one.key as Node).name === name)
  return found ? unwrap(found.value as Node) : null
}

/** The sentences that an expression can be; a place for anything else. */
function toWords(node: Node): string[] {
  if (node.type === 'Literal') return [String(node.value)]
  if (node.type === 'TemplateLiteral') {
    return [(node.quasis as readonly { value: { cooked: string } }[]).map(({ value }) => value.cooked).join('…')]
  }
  if (node.type === 'BinaryExpression') {
    const right = toWords(unwrap(node.right as Node))
    return toWords(unwrap(node.left as Node)).flatMap((left) => right.map((end) => left + end))
  }
  if (node.type !== 'ConditionalExpression') return ['…']
  return [node.consequent, node.alternate].flatMap((branch) => toWords(unwrap(branch as Node)))
}
