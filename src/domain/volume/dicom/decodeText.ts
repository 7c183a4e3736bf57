import type { DataSet } from 'dicom-parser'
import { decodeIso2022, hasEscapes } from './decodeIso2022.ts'

const LABEL_OF_CHARACTER_SET: Readonly<Record<string, string>> = {
  'ISO_IR 192': 'utf-8',
  GB18030: 'gb18030',
  GBK: 'gbk',
  'ISO_IR 100': 'latin1',
  'ISO_IR 101': 'iso-8859-2',
  'ISO_IR 109': 'iso-8859-3',
  'ISO_IR 110': 'iso-8859-4',
  'ISO_IR 144': 'iso-8859-5',
  'ISO_IR 127': 'iso-8859-6',
  'ISO_IR 126': 'iso-8859-7',
  'ISO_IR 138': 'iso-8859-8',
  'ISO_IR 148': 'iso-8859-9',
  'ISO_IR 13': 'shift-jis',
  'ISO_IR 166': 'windows-874',
  'ISO 2022 IR 87': 'iso-2022-jp',
  'ISO 2022 IR 149': 'euc-kr',
  'ISO 2022 IR 58': 'gb18030',
}

/**
 * A text element in the file's own character set (0008,0005), PS3.3 C.12.1.1.2; bytes it cannot name become "�". An item of a sequence that
 * names no set has that of `root`.
 */
export function decodeText(item: DataSet, tag: string, root = item): string {
  const dataSet = item.elements.x00080005 ? item : root
  const element = item.elements[tag]
  if (!element || element.length === 0) return ''
  const bytes = item.byteArray.subarray(element.dataOffset, element.dataOffset + element.length)
  const text = hasEscapes(bytes)
    ? decodeIso2022(bytes, findFirstEncoding(dataSet))
    : new TextDecoder(findEncoding(dataSet)).decode(bytes)
  return text.replace(/\0/g, '').trim()
}

/** With several sets named, the one after the first (the extension) covers more than plain ASCII. */
const findEncoding = (dataSet: DataSet): string =>
  readEncodings(dataSet)
    .filter((label) => label !== null)
    .at(-1) ?? 'latin1'

/** What holds until an escape sequence names another. */
const findFirstEncoding = (dataSet: DataSet): string => readEncodings(dataSet)[0] ?? 'latin1'

/** `ISO 2022 IR n` is the set of `ISO_IR n`, to which escape sequences may lead. */
function readEncodings(dataSet: DataSet): (string | null)[] {
  const sets = (dataSet.string('x00080005') ?? '').split('\\').map((name) => name.trim())
  return sets.map(
    (name) => LABEL_OF_CHARACTER_SET[name] ?? LABEL_OF_CHARACTER_SET[name.replace('ISO 2022 IR', 'ISO_IR')] ?? null,
  )
}
