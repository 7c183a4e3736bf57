import { CODE } from './codes.ts'
import { childrenOf, codedOf, isNamed, type Node, nameOf, readMeasured, textOf, typeOf } from './srNode.ts'
import type { SrSection } from './srReport.ts'

/** Containers that hold no words of a report: measurement groups, their list, and the images that it is about. */
const LEFT_OUT = [CODE.group.value, CODE.measurements.value, CODE.library.value]

/** Concepts that say no more than their heading: "Finding: …" under "Findings" (CID 7002, and what a sentence of VoxCT is named). */
const PLAIN: ReadonlySet<string> = new Set([
  CODE.finding.value,
  CODE.impression.value,
  CODE.procedureDescription.value,
  CODE.keyDescription.value,
  // Previous finding, recommendation, conclusion.
  '121069',
  '121075',
  '121077',
])

/** A hostile file may hold any number. */
const MOST_LINES = 2000

const relationOf = (node: Node): string => textOf(node, 'x0040a010')

/** UCUM's braces and brackets, as a reader writes the unit. */
const toUnit = (unit: string): string => (unit === '1' ? '' : unit.replace(/^\[hnsf'U\]$/, 'HU').replace(/[{}]/g, ''))

/** "Present, Upper lobe of lung (Left)": what modifies an item, and what a coded one has as properties. */
function toModifiers(node: Node): string {
  const words = childrenOf(node).flatMap((child) => {
    const relation = relationOf(child)
    const isOwn = relation === 'HAS CONCEPT MOD' || (relation === 'HAS PROPERTIES' && typeOf(node) !== 'TEXT')
    return isOwn ? toValues(child) : []
  })
  return words.length > 0 ? ` (${words.join(', ')})` : ''
}

/** What an item says, a line each; empty of images, coordinates and references, which are no words. */
function toValues(node: Node): string[] {
  const type = typeOf(node)
  if (type === 'TEXT') return textOf(node, 'x0040a160').split(/\r\n|\r|\n/)
  if (type === 'CODE') return [`${codedOf(node)?.meaning ?? ''}${toModifiers(node)}`]
  if (type === 'NUM') {
    const { value, unit } = readMeasured(node)
    return Number.isFinite(value) ? [`${Number(value.toPrecision(6))} ${toUnit(unit)}`.trim() + toModifiers(node)] : []
  }
  if (type === 'PNAME') return [textOf(node, 'x0040a123').split('=')[0].split('^').filter(Boolean).join(' ')]
  if (type === 'DATE') return [textOf(node, 'x0040a121')]
  return []
}

function toLines(node: Node): string[] {
  const values = toValues(node)
    .map((line) => line.trim())
    .filter((line) => line !== '')
  const name = nameOf(node)
  if (!name || PLAIN.has(name.value) || name.meaning === '' || values.length === 0) return values
  return [`${name.meaning}: ${values[0]}`, ...values.slice(1)]
}

/** "Findings: Lung" where the container says of which part of the body it is. */
function toTitle(container: Node): string {
  const site = childrenOf(container).find(
    (child) => relationOf(child) === 'HAS CONCEPT MOD' && isNamed(child, CODE.findingSite.value, 'G-C0E3'),
  )
  return [nameOf(container)?.meaning ?? '', (site && codedOf(site)?.meaning) ?? ''].filter(Boolean).join(': ')
}

/** What a container says under its own heading, then each container in it under its own. */
function readContainer(container: Node, title: string): SrSection[] {
  const children = childrenOf(container).filter((child) => ['CONTAINS', ''].includes(relationOf(child)))
  const lines = children.flatMap(toLines)
  const below = children
    .filter((child) => typeOf(child) === 'CONTAINER' && !isNamed(child, ...LEFT_OUT))
    .flatMap((child) => readContainer(child, toTitle(child)))
  return [...(lines.length > 0 ? [{ title, lines }] : []), ...below]
}

/** A report in words: headings with what stands under them, in their order. Who observed, and of whom, is no part of it. */
export function readSections(root: Node): SrSection[] {
  let left = MOST_LINES
  return readContainer(root, '').flatMap(({ title, lines }) => {
    const kept = lines.slice(0, left)
    left -= kept.length
    return kept.length > 0 ? [{ title, lines: kept }] : []
  })
}
