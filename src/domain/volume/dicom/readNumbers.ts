import type { DataSet } from 'dicom-parser'

/** Numbers of one element, and whether it was written with a comma where the standard wants a point. */
export interface ReadNumbers {
  readonly numbers: readonly number[]
  readonly hasComma: boolean
}

/**
 * The first `count` numbers of a decimal string (PS3.5 6.2, DS); null where there are fewer, or one is none. A comma is
 * never legal in one: some programs of countries that write decimals so put it there, and a lenient parser would drop
 * what lies behind it (1,25 → 1).
 */
export function readNumbers(dataSet: DataSet, tag: string, count: number): ReadNumbers | null {
  const text = dataSet.string(tag)
  if (text === undefined) return null
  const parts = text
    .split('\\')
    .slice(0, count)
    .map((part) => part.trim())
  const numbers = parts.map((part) => (part === '' ? Number.NaN : Number(part.replace(',', '.'))))
  if (numbers.length < count || !numbers.every(Number.isFinite)) return null
  return { numbers, hasComma: parts.some((part) => part.includes(',')) }
}

export const readNumber = (dataSet: DataSet, tag: string): number | null =>
  readNumbers(dataSet, tag, 1)?.numbers[0] ?? null
