/** Numbers as text: base64 of float32, little-endian. */
export function toFloatText(values: Float32Array): string {
  const bytes = new Uint8Array(values.length * 4)
  const view = new DataView(bytes.buffer)
  values.forEach((value, n) => {
    view.setFloat32(4 * n, value, true)
  })
  return toByteText(bytes)
}

/** The numbers of such a text, or null where it is none or holds one that is not finite. */
export function fromFloatText(text: string): Float32Array | null {
  const bytes = fromByteText(text)
  if (!bytes || bytes.length % 4 !== 0) return null
  const view = new DataView(bytes.buffer)
  const values = Float32Array.from({ length: bytes.length / 4 }, (_, n) => view.getFloat32(4 * n, true))
  return values.every(Number.isFinite) ? values : null
}

/** So many characters at once: more arguments than that overflow a stack. */
const CHUNK = 4096

export function toByteText(bytes: Uint8Array): string {
  const parts: string[] = []
  for (let at = 0; at < bytes.length; at += CHUNK) parts.push(String.fromCharCode(...bytes.subarray(at, at + CHUNK)))
  return btoa(parts.join(''))
}

export function fromByteText(text: string): Uint8Array<ArrayBuffer> | null {
  try {
    const letters = atob(text)
    return Uint8Array.from({ length: letters.length }, (_, n) => letters.charCodeAt(n))
  } catch {
    return null
  }
}
