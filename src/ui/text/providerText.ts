import type { ModelState } from '../../state/appState.ts'

/** "WebGPU", or "wasm · 2 threads": the first part of the note says how wasm runs. */
export function providerText({ ctProvider, providerNote }: Pick<ModelState, 'ctProvider' | 'providerNote'>): string {
  if (ctProvider === 'webgpu') return 'WebGPU'
  if (ctProvider === null) return ''
  const threads = providerNote.split(' · ').at(0)
  return threads ? `wasm · ${threads}` : 'wasm'
}
