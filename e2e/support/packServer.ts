import { readFileSync } from 'node:fs'
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { resolve } from 'node:path'

/** How the server misbehaves with the pack's files. */
export interface PackFaults {
  /** The connection is cut after so many bytes of the file, once for each number. */
  readonly cutAfter?: Record<string, number[]>
  /** So many bytes a second, for all files. */
  bytesPerSecond?: number
  /** Ranges are not understood: every answer begins at the start. */
  readonly ignoresRange?: boolean
}

export interface PackRequest {
  readonly file: string
  readonly range: string | null
  sentBytes: number
}

export interface PackServer {
  /** The app and, under /brought/<name>/, the pack. */
  readonly origin: string
  readonly requests: PackRequest[]
  /** Bytes of a file that left the server, over all requests. */
  sentOf(file: string): number
  close(): void
}

const CHUNK_BYTES = 64 * 1024
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/** The app as the test's own server has it. */
function passOn(baseUrl: string, incoming: IncomingMessage, response: ServerResponse): void {
  const asked = request(new URL(incoming.url ?? '/', baseUrl), { method: incoming.method }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers)
    answer.pipe(response)
  })
  asked.on('error', () => response.writeHead(502).end())
  asked.end()
}

/** Until the client has taken what was written, or has gone. */
function drained(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      response.off('drain', done).off('close', done)
      resolve()
    }
    response.on('drain', done).on('close', done)
  })
}

async function send(bytes: Buffer, log: PackRequest, response: ServerResponse, faults: PackFaults): Promise<void> {
  const cut = faults.cutAfter?.[log.file]?.shift() ?? Number.POSITIVE_INFINITY
  for (let at = 0; at < bytes.length && !response.destroyed; at += CHUNK_BYTES) {
    const chunk = bytes.subarray(at, Math.min(at + CHUNK_BYTES, cut))
    if (!response.write(chunk)) await drained(response)
    log.sentBytes += chunk.length
    if (at + CHUNK_BYTES >= cut) {
      // What was written must have left before the connection is cut.
      await pause(200)
      return void response.destroy()
    }
    if (faults.bytesPerSecond) await pause((chunk.length / faults.bytesPerSecond) * 1000)
  }
  response.end()
}

/** An origin of its own with the app of `baseUrl` and the pack of a folder, which it counts and breaks as asked. */
export async function servePack(
  baseUrl: string,
  folder: string,
  name: string,
  faults: PackFaults = {},
): Promise<PackServer> {
  const requests: PackRequest[] = []
  const server = createServer((incoming, response) => {
    const path = new URL(incoming.url ?? '/', baseUrl).pathname
    if (!path.startsWith(`/brought/${name}/`)) return passOn(baseUrl, incoming, response)
    const file = path.split('/').at(-1) ?? ''
    const range = faults.ignoresRange ? undefined : incoming.headers.range
    const from = Number(/^bytes=(\d+)-$/.exec(range ?? '')?.[1] ?? 0)
    const log = { file, range: incoming.headers.range ?? null, sentBytes: 0 }
    requests.push(log)
    const bytes = readFileSync(resolve(folder, file))
    response.writeHead(range ? 206 : 200, {
      'content-type': 'application/octet-stream',
      'content-length': bytes.length - from,
      ...(range && { 'content-range': `bytes ${from}-${bytes.length - 1}/${bytes.length}` }),
    })
    void send(bytes.subarray(from), log, response, faults)
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  return {
    origin: `http://localhost:${(server.address() as AddressInfo).port}`,
    requests,
    sentOf: (file) => requests.filter((one) => one.file === file).reduce((sum, one) => sum + one.sentBytes, 0),
    close: () => server.closeAllConnections(),
  }
}
