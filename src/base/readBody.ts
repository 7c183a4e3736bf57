/** Bytes so far and in all. */
export type BytesProgress = (received: number, total: number) => void

/** How a response body ended: whole, broken off by the connection, or longer than was asked for. */
export interface Body {
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly end: 'whole' | 'broken' | 'too-long'
}

/** Reads at most `expectedBytes` into one buffer made for them, so that a model is never held twice. */
export async function readBody(response: Response, expectedBytes: number, onProgress: BytesProgress): Promise<Body> {
  const bytes = new Uint8Array(expectedBytes)
  let received = 0
  const reader = response.body?.getReader()
  if (!reader) return { bytes: bytes.subarray(0, 0), end: 'whole' }
  try {
    for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
      const room = expectedBytes - received
      bytes.set(chunk.value.subarray(0, room), received)
      received += Math.min(room, chunk.value.length)
      if (chunk.value.length > room) {
        await reader.cancel()
        return { bytes, end: 'too-long' }
      }
      onProgress(received, expectedBytes)
    }
  } catch {
    return { bytes: bytes.subarray(0, received), end: 'broken' }
  }
  return { bytes: received === expectedBytes ? bytes : bytes.subarray(0, received), end: 'whole' }
}

/** First characters of a page; a lone `<` would not do, since raw numbers may begin with that byte. */
const PAGE_START = /^\s*<(!doctype|html|head|\?xml|!--)/i

/** Whether a content type or the first bytes are those of a web page. */
export function isHtmlPage(contentType: string | null, bytes: Uint8Array | null): boolean {
  if (contentType && /\b(text\/html|application\/xhtml\+xml)\b/i.test(contentType)) return true
  if (!bytes) return false
  return PAGE_START.test(new TextDecoder('latin1').decode(bytes.subarray(0, 64)))
}
