import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, it } from 'vitest'
import { manifestSchema } from '../domain/model/manifest.ts'

const DOCUMENT = readFileSync(resolve(import.meta.dirname, '../../docs/MANIFEST.md'), 'utf8')

/** The parts of valibot's schemas that are walked. */
interface Schema {
  readonly type: string
  readonly entries?: Readonly<Record<string, Schema>>
  readonly item?: Schema
  readonly wrapped?: Schema
  readonly options?: readonly Schema[]
}

const FILE_FIELDS = ['file', 'pack', 'bytes', 'sha256']
const GRAPH_FIELDS = ['variant', 'providers', 'minCosine', 'external', 'slabs', 'work', 'next']

/** Fields that the document describes once for all places where they stand. */
function toDocumented(path: string): string {
  const last = path.split('.').at(-1) ?? ''
  const field = last.replace('[]', '')
  if (FILE_FIELDS.includes(field) && path !== 'pack') return field
  if (GRAPH_FIELDS.includes(field) && /^(ct|speech|text)\.(?!parity)/.test(path)) return last
  return path
    .replace(/^speech\.transcriber\.parity\.input\./, 'parity.input.')
    .replace(/^(ct|speech)\.parity\./, 'parity.')
    .replace(/\.(ct|speech)\.(present|absent)$/, '.*.$2')
    .replace(/^(comparison\.rows\[\])\.(internal|external)\.(n|auroc|f1)/, '$1.*.$3')
    .replace(/^(comparison\.rows\[\]\.\*)\.(auroc|f1)\./, '$1.*.')
}

/** Every field by its path: `ct.trunk[].next[].slabs`. Plain lists end in `[]`; tuples of numbers are one field. */
function listFields(schema: Schema, path: string): string[] {
  if (schema.wrapped) return listFields(schema.wrapped, path)
  if (schema.options && schema.type === 'variant')
    return schema.options.flatMap((option) => listFields(option, path)).concat(path)
  if (schema.item) return [`${path}[]`, ...listFields(schema.item, `${path}[]`).filter((one) => one !== `${path}[]`)]
  if (!schema.entries) return [path]
  const inner = Object.entries(schema.entries)
  return inner.flatMap(([name, field]) => listFields(field, path ? `${path}.${name}` : name))
}

const written = new Set(
  [...DOCUMENT.matchAll(/^\|([^|]*)\|/gm)].flatMap(([, cell]) =>
    [...cell.matchAll(/`([^`]+)`/g)].map(([, name]) => name.replace('?', '')),
  ),
)
/** A list may stand without its brackets where it is a tuple in the schema. */
const isWritten = (field: string): boolean => written.has(field) || written.has(field.replace(/\[\]$/, ''))

it('describes every field of the schema in docs/MANIFEST.md', () => {
  const fields = new Set(listFields(manifestSchema as unknown as Schema, '').map(toDocumented))
  expect(fields.size).toBeGreaterThan(80)
  expect([...fields].filter((field) => !isWritten(field))).toEqual([])
})

it('describes no field in docs/MANIFEST.md that the schema does not have', () => {
  const fields = new Set(
    listFields(manifestSchema as unknown as Schema, '')
      .flatMap(withParents)
      .map(toDocumented),
  )
  expect([...written].filter((name) => !fields.has(name) && !fields.has(`${name}[]`))).toEqual([])
})

/** Objects have rows of their own, too. */
function withParents(path: string): string[] {
  const parts = path.split('.')
  return parts.map((_, n) => parts.slice(0, n + 1).join('.'))
}
