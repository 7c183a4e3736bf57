import type { ByteArray, ByteArrayParser, Element } from 'dicom-parser'

/** What dicom-parser exports and its own types leave out. */
declare module 'dicom-parser' {
  export const littleEndianByteArrayParser: ByteArrayParser
  export const bigEndianByteArrayParser: ByteArrayParser
  export class DataSet {
    constructor(parser: ByteArrayParser, bytes: ByteArray, elements: Record<string, Element>)
  }
}
