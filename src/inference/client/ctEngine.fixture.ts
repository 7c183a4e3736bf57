import { readFileSync } from 'node:fs'
import type { EngineInfo } from '../../domain/model/engineInfo.ts'
import type { EngineChoice, PackSource } from '../engines.ts'

const manifest = JSON.parse(
  readFileSync(new URL('../../../fixtures/models/tiny/manifest.json', import.meta.url), 'utf8'),
)
export const PACK: PackSource = { manifest, baseUrl: 'http://localhost/models/tiny/' }
export const INFO: EngineInfo = {
  provider: 'wasm',
  variant: 'fp32',
  threads: 1,
  adapter: null,
  note: '',
  parityCosine: 1,
  testedAt: 0,
  fallback: null,
  loadMs: 1,
}
export const OTHER: PackSource = { manifest: { ...manifest, id: 'other' }, baseUrl: 'http://localhost/models/other/' }
export const WASM: EngineChoice = { provider: 'wasm', variant: 'auto' }
