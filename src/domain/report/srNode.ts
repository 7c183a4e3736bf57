import type { DataSet } from 'dicom-parser'
import { decodeText } from '../volume/dicom/decodeText.ts'
import type { Code } from './codes.ts'

/* Content items of a parsed report, by what PS3.3 C.17.3 calls them. */

/** A content item: a data set, and the one whose character set holds for it. */
export interface Node {
  readonly item: DataSet
  readonly root: DataSet
}

export function itemsOf({ item, root }: Node, tag: string): Node[] {
  const items = item.elements[tag]?.items ?? []
  return items.flatMap(({ dataSet }) => (dataSet ? [{ item: dataSet, root }] : []))
}

export const childrenOf = (node: Node): Node[] => itemsOf(node, 'x0040a730')
export const textOf = ({ item, root }: Node, tag: string): string => decodeText(item, tag, root)
export const typeOf = (node: Node): string => textOf(node, 'x0040a040')

function readCode(node: Node, sequence: string): Code | null {
  const [code] = itemsOf(node, sequence)
  if (!code) return null
  const value = textOf(code, 'x00080100') || textOf(code, 'x00080119') || textOf(code, 'x00080120')
  return { value, scheme: textOf(code, 'x00080102'), meaning: textOf(code, 'x00080104') }
}

export const nameOf = (node: Node): Code | null => readCode(node, 'x0040a043')
export const isNamed = (node: Node, ...values: readonly string[]): boolean => values.includes(nameOf(node)?.value ?? '')

/** The concept that a CODE item gives. */
export const codedOf = (node: Node): Code | null => readCode(node, 'x0040a168')

/** The words of a text or coded item. */
export const wordsOf = (node: Node): string => textOf(node, 'x0040a160') || codedOf(node)?.meaning || ''

/** Value and unit (UCUM code) of a NUM item; NaN where it has none. */
export function readMeasured(node: Node): { readonly value: number; readonly unit: string } {
  const [measured] = itemsOf(node, 'x0040a300')
  if (!measured) return { value: Number.NaN, unit: '' }
  return { value: readValue(measured), unit: readCode(measured, 'x004008ea')?.value ?? '' }
}

function readValue(measured: Node): number {
  const exact = measured.item.elements.x0040a161?.length === 8 ? measured.item.double('x0040a161') : undefined
  const text = textOf(measured, 'x0040a30a')
  return exact ?? (text === '' ? Number.NaN : Number(text))
}
