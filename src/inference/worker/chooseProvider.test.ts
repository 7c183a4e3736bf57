import { describe, expect, it } from 'vitest'
import type { GraphVariant, Provider } from '../../domain/model/manifest.ts'
import {
  chooseProvider,
  chooseVariant,
  type GpuState,
  isSoftwareAdapter,
  toAdapterName,
  type VariantNeeds,
} from './chooseProvider.ts'

const REAL: GpuState = { kind: 'adapter', name: 'nvidia ampere', software: false }
const SOFT: GpuState = { kind: 'adapter', name: 'google swiftshader', software: true }
const FAILED: readonly GpuState[] = [
  { kind: 'no-api' },
  { kind: 'no-adapter' },
  { kind: 'small-buffers', bindingBytes: 64 * 2 ** 20 },
  { kind: 'device-failed', cause: 'limit' },
  { kind: 'run-failed', cause: 'Conv3D does not support grouped convolution' },
  { kind: 'wrong-numbers', cosine: 0.9312 },
  { kind: 'lost-twice' },
]

describe('chooseProvider', () => {
  it('takes a real adapter by itself and when asked', () => {
    expect(chooseProvider('auto', REAL)).toEqual({ provider: 'webgpu', note: 'real adapter' })
    expect(chooseProvider('webgpu', REAL).provider).toBe('webgpu')
  })

  it('takes a software adapter only when asked', () => {
    expect(chooseProvider('auto', SOFT)).toEqual({ provider: 'wasm', note: 'software adapter counts as no GPU' })
    expect(chooseProvider('webgpu', SOFT)).toEqual({
      provider: 'webgpu',
      note: 'software adapter, chosen by the user',
    })
  })

  it('obeys the choice of wasm whatever the GPU is', () => {
    for (const gpu of [REAL, SOFT, ...FAILED])
      expect(chooseProvider('wasm', gpu)).toEqual({ provider: 'wasm', note: 'chosen by the user' })
  })

  it('falls back to wasm with a different reason for every failure, even when WebGPU was asked for', () => {
    const notes = FAILED.flatMap((gpu) => {
      const [auto, asked] = [chooseProvider('auto', gpu), chooseProvider('webgpu', gpu)]
      expect([auto.provider, asked.provider]).toEqual(['wasm', 'wasm'])
      return [auto.note]
    })
    expect(new Set(notes).size).toBe(FAILED.length)
    expect(notes).toContain('the GPU failed the self-test: cosine 0.9312 to the reference')
    expect(notes).toContain('the GPU binds 64 MiB in one buffer, 128 MiB are needed')
  })
})

describe('isSoftwareAdapter', () => {
  it('knows the processors that play GPU', () => {
    const software = [
      { vendor: 'google', architecture: 'swiftshader' },
      { vendor: 'mesa', description: 'llvmpipe (LLVM 19)' },
      { vendor: 'microsoft', description: 'Microsoft Basic Render Driver' },
      { description: 'Software Rasterizer' },
      { vendor: 'nvidia', isFallbackAdapter: true },
    ]
    for (const info of software) expect(isSoftwareAdapter(info), JSON.stringify(info)).toBe(true)
  })

  it('takes GPUs for GPUs, also those that tell nothing', () => {
    const real = [
      { vendor: 'nvidia', architecture: 'ampere', isFallbackAdapter: false },
      { vendor: 'apple', architecture: 'metal-3', device: '', description: '' },
      {},
    ]
    for (const info of real) expect(isSoftwareAdapter(info), JSON.stringify(info)).toBe(false)
    expect(toAdapterName(real[0])).toBe('nvidia ampere')
    expect(toAdapterName({})).toBe('unnamed adapter')
  })
})

describe('chooseVariant', () => {
  const entry = (variant: GraphVariant['variant'], ...providers: Provider[]): GraphVariant => ({
    file: `${variant}.onnx`,
    bytes: 1,
    sha256: '0'.repeat(64),
    variant,
    providers,
  })
  const graph = [entry('fp16', 'webgpu'), entry('fp32', 'webgpu', 'wasm'), entry('int8', 'wasm')]

  const wasm: VariantNeeds = { provider: 'wasm', hasShaderF16: false, choice: 'auto' }
  const webgpu: VariantNeeds = { provider: 'webgpu', hasShaderF16: true, choice: 'auto' }

  it('takes the first variant meant for the provider', () => {
    expect(chooseVariant(graph, wasm, 0)?.variant).toBe('fp32')
    expect(chooseVariant([...graph].reverse(), wasm, 0)?.variant).toBe('int8')
  })

  it('takes fp16 on WebGPU only with shader-f16', () => {
    expect(chooseVariant(graph, webgpu, 0)?.variant).toBe('fp16')
    expect(chooseVariant(graph, { ...webgpu, hasShaderF16: false }, 0)?.variant).toBe('fp32')
  })

  it('takes the precision that was asked for where the provider has it', () => {
    expect(chooseVariant(graph, { ...wasm, choice: 'int8' }, 0)?.variant).toBe('int8')
    expect(chooseVariant(graph, { ...webgpu, choice: 'int8' }, 0)?.variant).toBe('fp16')
  })

  it('goes on to the next variant with each attempt, and stays at the last', () => {
    expect([0, 1, 2].map((attempt) => chooseVariant(graph, wasm, attempt)?.variant)).toEqual(['fp32', 'int8', 'int8'])
    expect(chooseVariant(graph, { ...wasm, choice: 'int8' }, 1)?.variant).toBe('fp32')
  })

  it('answers null when no variant fits', () => {
    expect(chooseVariant([entry('int8', 'wasm')], webgpu, 0)).toBeNull()
  })
})
