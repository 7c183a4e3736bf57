/** Code extensions of ISO 2022 as DICOM uses them (PS3.3 C.12.1.1.2, PS3.5 6.1.2): what follows an escape sequence. */
interface Designation {
  /** Bytes behind ESC, as text. */
  readonly sequence: string
  /** Encoding of the bytes from 0x80 on; undefined where it stays. */
  readonly high?: string
  /** What the bytes below 0x80 are; undefined where it stays. */
  readonly low?: 'ascii' | 'jis-x-0208' | 'jis-x-0212'
}

const DESIGNATIONS: readonly Designation[] = [
  { sequence: '(B', low: 'ascii' },
  { sequence: '(J', low: 'ascii' },
  { sequence: '$B', low: 'jis-x-0208' },
  { sequence: '$@', low: 'jis-x-0208' },
  { sequence: '$(D', low: 'jis-x-0212' },
  { sequence: ')I', high: 'shift-jis' },
  { sequence: '$)C', high: 'euc-kr' },
  { sequence: '$)A', high: 'gb18030' },
  { sequence: '-A', high: 'latin1' },
  { sequence: '-B', high: 'iso-8859-2' },
  { sequence: '-C', high: 'iso-8859-3' },
  { sequence: '-D', high: 'iso-8859-4' },
  { sequence: '-F', high: 'iso-8859-7' },
  { sequence: '-G', high: 'iso-8859-6' },
  { sequence: '-H', high: 'iso-8859-8' },
  { sequence: '-L', high: 'iso-8859-5' },
  { sequence: '-M', high: 'iso-8859-9' },
  { sequence: '-T', high: 'windows-874' },
]

const ESCAPE = 0x1b

export const hasEscapes = (bytes: Uint8Array): boolean => bytes.includes(ESCAPE)

/** Text whose character sets change at escape sequences; `high` is the encoding it begins with. */
export function decodeIso2022(bytes: Uint8Array, high: string): string {
  let state = { high, low: 'ascii' as NonNullable<Designation['low']> }
  let text = ''
  for (let at = 0; at < bytes.length; ) {
    if (bytes[at] === ESCAPE) {
      const found = findDesignation(bytes, at + 1)
      state = { high: found?.high ?? state.high, low: found?.low ?? state.low }
      at += 1 + (found?.sequence.length ?? 0)
      continue
    }
    const next = bytes.indexOf(ESCAPE, at)
    const end = next < 0 ? bytes.length : next
    text += decodeRun(bytes.subarray(at, end), state)
    at = end
  }
  return text
}

function findDesignation(bytes: Uint8Array, at: number): Designation | undefined {
  const following = String.fromCharCode(...bytes.subarray(at, at + 3))
  return DESIGNATIONS.find(({ sequence }) => following.startsWith(sequence))
}

function decodeRun(run: Uint8Array, { high, low }: { high: string; low: NonNullable<Designation['low']> }): string {
  if (low === 'ascii') return new TextDecoder(high).decode(run)
  // EUC-JP has both sets: with the high bit, the second one behind 0x8F.
  const raised = [...run].map((byte) => byte | 0x80)
  const euc = low === 'jis-x-0208' ? raised : raised.flatMap((byte, n) => (n % 2 === 0 ? [0x8f, byte] : [byte]))
  return new TextDecoder('euc-jp').decode(Uint8Array.from(euc))
}
