import { createSHA256, type IHasher } from 'hash-wasm'

/** SHA-256 of bytes that come one chunk after the other (crypto.subtle takes only the whole at once). */
export async function createStreamHash(): Promise<IHasher> {
  const hash = await createSHA256()
  return hash.init()
}

/** A stream broke: the connection, or a file that changed meanwhile. Nothing is wrong with who takes the bytes. */
export class ReadError extends Error {}

/** Rejects with ReadError where `reading` does. */
export async function asRead<T>(reading: Promise<T>): Promise<T> {
  try {
    return await reading
  } catch (thrown) {
    throw new ReadError(thrown instanceof Error ? thrown.message : String(thrown))
  }
}

/**
 * Calls for every chunk, in order (Safari cannot iterate a stream). Rejects with ReadError where the stream breaks, and
 * with what the call throws.
 */
export async function readChunks(
  stream: ReadableStream<Uint8Array>,
  onChunk: (chunk: Uint8Array) => void,
): Promise<void> {
  const reader = stream.getReader()
  try {
    for (let next = await asRead(reader.read()); !next.done; next = await asRead(reader.read())) onChunk(next.value)
  } finally {
    // Ends a download whose rest nobody wants; of a stream that is through or broken nothing is left to end.
    reader.cancel().catch(() => undefined)
  }
}

/** Lower-case hexadecimal sha256 of a stream, and how long it was. `onBytes` is told the length so far. */
export async function hashStream(
  stream: ReadableStream<Uint8Array>,
  onBytes: (bytes: number) => void,
): Promise<{ readonly sha256: string; readonly bytes: number }> {
  const hash = await createStreamHash()
  let bytes = 0
  await readChunks(stream, (chunk) => {
    hash.update(chunk)
    bytes += chunk.length
    onBytes(bytes)
  })
  return { sha256: hash.digest('hex'), bytes }
}
