import { type ChildProcess, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import type { Page } from '@playwright/test'
import { ensurePython } from '../../scripts/python.ts'

const ROOT = resolve(import.meta.dirname, '../..')
const BUNDLED = resolve(ROOT, 'public/models/phantom-mini')
const COUNT = 40

/** A pack whose library is that of a hospital: embeddings near the bundled cases', with reports and no file. */
function writePack(): string {
  const folder = mkdtempSync(join(tmpdir(), 'voxct-server-'))
  const manifest = JSON.parse(readFileSync(join(BUNDLED, 'manifest.json'), 'utf8'))
  const { dimension } = manifest.embedding
  const bytes = readFileSync(join(BUNDLED, manifest.library.embeddings.file))
  const rows = Float32Array.from({ length: COUNT * dimension }, (_, n) => bytes.readFloatLE(4 * n) + Math.sin(n) / 300)
  for (let at = 0; at < rows.length; at += dimension) {
    const row = rows.subarray(at, at + dimension)
    const length = Math.hypot(...row)
    row.set(row.map((value) => value / length))
  }
  const embeddings = Buffer.from(rows.buffer)
  writeFileSync(join(folder, 'library.bin'), embeddings)
  const cases = Array.from({ length: COUNT }, (_, n) => ({
    id: `ward-${n}`,
    title: `Ward ${n}`,
    patient: `p-${n}`,
    sex: n % 2 ? 'female' : 'male',
    report: `Report of ward ${n}.`,
  }))
  const file = {
    file: 'library.bin',
    bytes: embeddings.length,
    sha256: createHash('sha256').update(embeddings).digest('hex'),
  }
  const library = { embeddings: file, labelProvenance: 'Made for a test.', cases }
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify({ ...manifest, library }))
  return folder
}

/** Hashes of a graph's files, as the gateway names an encoder. */
function encoderOf(folder: string): string {
  const { ct } = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8'))
  const hashes = [ct.trunk, ct.head].map((variants) =>
    variants.find((one: { variant: string }) => one.variant === 'fp32'),
  )
  return createHash('sha256')
    .update(hashes.map(({ sha256 }) => sha256).join('\n'))
    .digest('hex')
    .slice(0, 32)
}

/** The project's own gateway over a library of 40 cases, at library/search of the site. */
export class LibraryServer {
  /** Bodies of what the page has sent. */
  readonly sent: string[] = []
  isAway = false

  private constructor(
    private readonly process: ChildProcess,
    private readonly url: string,
    private readonly encoder: string,
  ) {}

  static async start(): Promise<LibraryServer> {
    const pack = writePack()
    const args = ['-m', 'scripts.serve_library', '--pack', pack, '--port', '0']
    const child = spawn(ensurePython(), args, { cwd: resolve(ROOT, 'training'), stdio: ['ignore', 'ignore', 'pipe'] })
    for await (const line of createInterface({ input: child.stderr })) {
      const url = /http:\S+/.exec(line)?.[0]
      if (url) return new LibraryServer(child, url, encoderOf(pack))
    }
    throw new Error('the gateway did not start')
  }

  /** As the site's own web server passes it on. */
  async offerTo(page: Page): Promise<void> {
    await page.route('**/models/packs.json', async (route) => {
      const list = await (await route.fetch()).json()
      const libraries = [{ title: 'Hospital archive', path: 'library/search', encoder: this.encoder }]
      await route.fulfill({ json: { ...list, libraries } })
    })
    await page.route('**/library/search', async (route) => {
      this.sent.push(route.request().postData() ?? '')
      if (this.isAway) return route.abort('connectionrefused')
      const response = await route.fetch({ url: this.url })
      return route.fulfill({ response })
    })
  }

  stop(): void {
    this.process.kill()
  }
}
