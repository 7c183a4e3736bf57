import type { Random } from './random.ts'
import { type DicomStructure, readMarkers, readStructure, type Span, sizeSegment } from './structure.ts'

type Bytes = Uint8Array<ArrayBuffer>

/** A changed copy of a file, or null where the file has nothing of that sort. */
export type Mutate = (file: Bytes, random: Random) => Bytes | null

export type MutationGroup = 'structure' | 'flip'

const viewOf = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)

const changed = (file: Bytes, change: (copy: Bytes, view: DataView) => void): Bytes => {
  const copy = file.slice()
  change(copy, viewOf(copy))
  return copy
}

const join = (...parts: Uint8Array[]): Bytes => {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  parts.reduce((at, part) => {
    whole.set(part, at)
    return at + part.length
  }, 0)
  return whole
}

const withDicom =
  (mutate: (file: Bytes, structure: DicomStructure, random: Random) => Bytes | null): Mutate =>
  (file, random) => {
    const structure = readStructure(file)
    return structure && mutate(file, structure, random)
  }

/** Frames of encapsulated pixel data: fragments behind the table. */
const withFrame = (mutate: (file: Bytes, frame: Span, random: Random) => Bytes | null): Mutate =>
  withDicom((file, { fragments }, random) => {
    const frames = fragments.slice(1).filter(({ start, end }) => end - start > 40)
    return frames.length > 0 ? mutate(file, random.pick(frames), random) : null
  })

const oddLength = (length: number, random: Random): number =>
  random.pick([length + 2, length - 2, length * 2, 0, length + 1, length >> 1, 0xfffffffe, 0x7fffffff])

/** Changes a 16-bit number of the header, by tag. */
const numberOf = (tags: readonly number[]): Mutate =>
  withDicom((file, { elements }, random) => {
    const found = elements.filter(({ tag, lengthBytes }) => tags.includes(tag) && lengthBytes === 2)
    if (found.length === 0) return null
    const { value } = random.pick(found)
    return changed(file, (_copy, view) => {
      const was = view.getUint16(value.start, true)
      const now = random.pick([was + 1, was - 1, was * 2, was >> 1, 0, 65535, random.between(0, 65536)])
      view.setUint16(value.start, now & 0xffff, true)
    })
  })

/** Replaces a frame's bytes; lengths of the fragment, and of nothing else, follow. */
function withNewFrame(file: Bytes, { start, end }: Span, frame: Uint8Array): Bytes {
  const even = frame.length % 2 === 0 ? frame : join(frame, Uint8Array.of(0))
  const whole = join(file.subarray(0, start), even, file.subarray(end))
  viewOf(whole).setUint32(start - 4, even.length, true)
  return whole
}

const swapFragments: Mutate = withDicom((file, { fragments }, random) => {
  const [table, ...frames] = fragments
  if (frames.length < 2 || table.end === table.start) return null
  const n = random.between(0, frames.length - 1)
  const [one, other] = [frames[n], frames[n + 1]]
  // Of equal length the file would be as legal as before.
  if (one.end - one.start === other.end - other.start) return null
  const parts = [file.subarray(0, one.start - 8), file.subarray(other.start - 8, other.end)]
  return join(...parts, file.subarray(one.start - 8, one.end), file.subarray(other.end))
})

const changeOffsets: Mutate = withDicom((file, { fragments }, random) => {
  const [table] = fragments
  if (!table || table.end - table.start < 8) return null
  return changed(file, (_copy, view) => {
    const at = table.start + 4 * random.between(1, (table.end - table.start) / 4)
    view.setUint32(at, oddLength(view.getUint32(at, true), random) >>> 0, true)
  })
})

const changeMarker: Mutate = withFrame((file, frame, random) => {
  const found = readMarkers(file, frame)
  if (!found) return null
  const at = random.pick(found.markers)
  return changed(file, (copy) => {
    const code = random.pick([0x00, 0xd9, 0xd8, 0xc4, 0xda, 0x52, 0x90, random.between(0, 256)])
    copy[at + 1] = code === copy[at + 1] ? 0x01 : code
  })
})

const changeSegmentLength: Mutate = withFrame((file, frame, random) => {
  const found = readMarkers(file, frame)
  const withLength = found?.markers.slice(1).filter((at) => file[at + 1] !== 0x93) ?? []
  if (withLength.length === 0) return null
  const at = random.pick(withLength)
  return changed(file, (_copy, view) => view.setUint16(at + 2, oddLength(view.getUint16(at + 2), random) & 0xffff))
})

const changeSize: Mutate = withFrame((file, frame, random) => {
  const found = readMarkers(file, frame)
  const segment = found && sizeSegment(file, found.markers)
  if (!segment) return null
  return changed(file, (copy) => {
    const at = random.between(segment.start, segment.end)
    copy[at] = (copy[at] + random.between(1, 256)) & 0xff
  })
})

/** Niftis by their magic; a DICOM is none. */
const niftiNumber: Mutate = (file, random) => {
  if (String.fromCharCode(...file.subarray(344, 347)) !== 'n+1') return null
  return changed(file, (_copy, view) => {
    const [at, is16] = random.pick([
      [40, true],
      [42, true],
      [44, true],
      [46, true],
      [70, true],
      [72, true],
      [108, false],
    ] as const)
    const littleEndian = view.getInt32(0, true) === 348
    if (is16) view.setInt16(at, random.pick([0, -1, 1, 2, 7, 32767, view.getInt16(at, littleEndian) + 1]), littleEndian)
    else view.setFloat32(at, random.pick([0, -352, 1e30, Number.NaN, 353, 400, 352.5]), littleEndian)
  })
}

const ROWS_AND_COLUMNS = [0x00280010, 0x00280011]

/** Lengths, counts, sizes, markers, cuts, swapped frames: right pixels come of it, or the file is named. */
export const STRUCTURE: Readonly<Record<string, Mutate>> = {
  cut: (file, random) => file.slice(0, random.between(Math.min(140, file.length - 1), file.length)),
  'element length': withDicom((file, { elements }, random) => {
    const { lengthAt, lengthBytes } = random.pick(elements)
    return changed(file, (_copy, view) => {
      if (lengthBytes === 2) view.setUint16(lengthAt, oddLength(view.getUint16(lengthAt, true), random) & 0xffff, true)
      else view.setUint32(lengthAt, oddLength(view.getUint32(lengthAt, true), random) >>> 0, true)
    })
  }),
  'rows or columns': numberOf(ROWS_AND_COLUMNS),
  'samples or bits allocated': numberOf([0x00280002, 0x00280100]),
  'number of frames': withDicom((file, { elements }, random) => {
    const found = elements.find(({ tag }) => tag === 0x00280008)
    if (!found) return null
    return changed(file, (copy) => {
      copy[found.value.start] = 0x30 + random.between(0, 10)
      copy[found.value.start + 1] = random.pick([0x20, 0x39, 0x2d])
    })
  }),
  'fragment length': withDicom((file, { fragments }, random) => {
    if (fragments.length < 2) return null
    const { start, end } = random.pick(fragments.slice(1))
    return changed(file, (_copy, view) => view.setUint32(start - 4, oddLength(end - start, random) >>> 0, true))
  }),
  'fragment lost': withDicom((file, { fragments }, random) => {
    if (fragments.length < 2) return null
    const { start, end } = random.pick(fragments.slice(1))
    return join(file.subarray(0, start - 8), file.subarray(end))
  }),
  'fragment twice': withDicom((file, { fragments }, random) => {
    if (fragments.length < 3) return null
    const { start, end } = random.pick(fragments.slice(1))
    return join(file.subarray(0, end), file.subarray(start - 8))
  }),
  'fragments swapped': swapFragments,
  'table of offsets': changeOffsets,
  marker: changeMarker,
  'segment length': changeSegmentLength,
  'size of the frame': changeSize,
  'frame cut': withFrame((file, frame, random) => {
    const length = random.between(1, frame.end - frame.start - 2)
    return withNewFrame(file, frame, file.slice(frame.start, frame.start + length))
  }),
  'frame tail zeroed': withFrame((file, frame, random) => {
    const from = random.between(frame.start + 20, frame.end - 8)
    return changed(file, (copy) => copy.fill(0, from, frame.end))
  }),
  'frame of zeros': withFrame((file, frame) => changed(file, (copy) => copy.fill(0, frame.start, frame.end))),
  'frame of noise': withFrame((file, frame, random) =>
    changed(file, (copy) => {
      for (let n = frame.start; n < frame.end; n++) copy[n] = random.between(0, 256)
    }),
  ),
  'NIfTI numbers': niftiNumber,
}

/** Where the coded data of a frame lie; a segment of RLE has no markers, only its header of 64 bytes. */
function codedData(file: Bytes, frame: Span): Span {
  const found = readMarkers(file, frame)
  return { start: found ? found.dataAt : Math.min(frame.start + 64, frame.end - 8), end: frame.end - 2 }
}

/** Bits inside the data themselves: no reader finds all of them; none may make another frame of it. */
export const FLIPS: Readonly<Record<string, Mutate>> = {
  'bit of coded data': withFrame((file, frame, random) => {
    const { start, end } = codedData(file, frame)
    if (end - start < 8) return null
    return changed(file, (copy) => {
      copy[random.between(start, end)] ^= 1 << random.between(0, 8)
    })
  }),
  'run of coded data': withFrame((file, frame, random) => {
    const { start, end } = codedData(file, frame)
    if (end - start < 40) return null
    return changed(file, (copy) => {
      const from = random.between(start, end - 32)
      for (let n = from; n < from + random.between(2, 32); n++) copy[n] = random.between(0, 256)
    })
  }),
  'bit of plain pixels': withDicom((file, { pixels, fragments }, random) => {
    if (fragments.length > 0) return null
    return changed(file, (copy) => {
      copy[random.between(pixels.value.start, pixels.value.end)] ^= 1 << random.between(0, 8)
    })
  }),
}
