import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { deserialize, serialize } from 'node:v8'
import { deflateSync, inflateSync } from 'node:zlib'
import type { PhantomCase } from '../../phantom/phantomCase.ts'
import { renderScan } from '../../phantom/renderScan.ts'
import { type SeenBody, seeBody } from '../../src/domain/ct/chestRegion/seenBody.ts'
import { toCtInput } from '../../src/domain/ct/toCtInput.ts'
import { findForeignReasons } from '../../src/domain/findings/foreignness.ts'
import { toDistributionStatistics } from '../../src/domain/findings/outOfDistribution.ts'
import { findingDirection, type PromptBank } from '../../src/domain/findings/prompts.ts'
import { type SeenFinding, toSeenFindings } from '../../src/domain/findings/seen.ts'
import { type TokenPlacement, toTokenPlacement } from '../../src/domain/grounding/heat.ts'
import type { Manifest } from '../../src/domain/model/manifest.ts'
import { CtInference } from '../../src/inference/worker/ctInference.ts'
import { configureNodeRuntime, servePack } from '../../src/inference/worker/servePack.fixture.ts'
import { fetchPackFile } from '../../src/packs/fetch/packFiles.ts'

/** What the CT encoder made of a phantom's scan: all that the app has of it when a report is closed. */
export interface SeenCase {
  readonly findings: readonly SeenFinding[]
  /** Heat of every finding, f32 [findings, tokens]. */
  readonly heat: Float32Array
  readonly placement: TokenPlacement
  readonly body: SeenBody
  /** The scores do not apply to it. */
  readonly isForeign: boolean
}

export interface SeeingPack {
  readonly manifest: Manifest
  /** From the cache, else the scan is rendered, prepared and encoded: some seconds. */
  see(phantom: PhantomCase): Promise<SeenCase>
  close(): void
}

/** Raised where what is kept of a case changes, or how a phantom is drawn. */
const CACHE_VERSION = 1

async function openGuard({ manifest, baseUrl }: Awaited<ReturnType<typeof servePack>>['pack']) {
  const { outOfDistribution: foreign, ct, embedding } = manifest
  const statistics = foreign?.statistics ? new Float32Array(await fetchPackFile(baseUrl, foreign.statistics)) : null
  const width = foreign?.space === 'embedding' ? embedding.dimension : ct.tokenDimension
  return {
    knowsPhantomsOnly: foreign?.phantomsOnly ?? false,
    needsChest: true,
    distribution: foreign && statistics ? toDistributionStatistics(statistics, width, foreign) : null,
  }
}

/** A zero-shot pack's eyes by the app's own code, on one thread of wasm; what was seen is kept in `folder` by model and phantom. */
export async function openSeeingPack(packFolder: string, folder: string): Promise<SeeingPack> {
  configureNodeRuntime(true)
  const server = await servePack(packFolder)
  const { manifest, baseUrl } = server.pack
  const { ct, embedding, prompts, promptKind, findings } = manifest
  if (!prompts) throw new Error(`${packFolder} has no prompts`)
  const bank: PromptBank = {
    vectors: new Float32Array(await fetchPackFile(baseUrl, prompts)),
    dimension: embedding.dimension,
  }
  const guard = await openGuard(server.pack)
  const directions = Float32Array.from(findings.flatMap((_, n) => [...findingDirection(bank, n, promptKind.ct)]))
  const encoder = new CtInference({ threads: 1, note: '' })
  let isLoaded = false
  const key = createHash('sha256')
    .update(JSON.stringify([CACHE_VERSION, ct, prompts]))
    .digest('hex')
    .slice(0, 12)
  const kept = resolve(folder, key)
  mkdirSync(kept, { recursive: true })
  return {
    manifest,
    async see(phantom) {
      const file = resolve(kept, `${phantom.seed}.bin`)
      if (existsSync(file)) return deserialize(inflateSync(readFileSync(file))) as SeenCase
      if (!isLoaded) await encoder.load(server.pack, { provider: 'wasm', variant: 'auto' }, () => undefined)
      isLoaded = true
      const { volume } = renderScan(phantom)
      const input = toCtInput(volume, ct.input)
      const body = seeBody(volume)
      const encoded = await encoder.encode(volume.id, input.data)
      const seen: SeenCase = {
        findings: toSeenFindings(encoded.embedding, bank, findings, {
          logitScale: embedding.logitScale,
          kind: promptKind.ct,
        }),
        heat: await encoder.heat(volume.id, directions),
        placement: toTokenPlacement(input, input.shape, ct.tokenGrid),
        body,
        isForeign: findForeignReasons(guard, { isPhantom: true, lungs: body.lungs, ...encoded }) !== null,
      }
      writeFileSync(`${file}.part`, deflateSync(serialize(seen)))
      renameSync(`${file}.part`, file)
      return seen
    },
    close: server.close,
  }
}
