import type { GraphVariant, Provider } from '../../domain/model/manifest.ts'

export type ProviderChoice = 'auto' | 'webgpu' | 'wasm'

/** What is known about the GPU when a provider must be chosen, or what it did wrong. */
export type GpuState =
  | { readonly kind: 'no-api' }
  | { readonly kind: 'no-adapter' }
  | { readonly kind: 'adapter'; readonly name: string; readonly software: boolean }
  /** The adapter binds fewer bytes in one storage buffer than graphs are made for. */
  | { readonly kind: 'small-buffers'; readonly bindingBytes: number }
  | { readonly kind: 'device-failed'; readonly cause: string }
  | { readonly kind: 'run-failed'; readonly cause: string }
  | { readonly kind: 'wrong-numbers'; readonly cosine: number }
  | { readonly kind: 'lost-twice' }

export interface ProviderDecision {
  readonly provider: Provider
  /** Why, in a short phrase for the panel. */
  readonly note: string
}

/** The parts of GPUAdapterInfo that tell a processor playing GPU from a real one. */
export interface AdapterDescription {
  readonly vendor?: string
  readonly architecture?: string
  readonly device?: string
  readonly description?: string
  readonly isFallbackAdapter?: boolean
}

/** WebGPU's own default of `maxStorageBufferBindingSize` (W3C, WebGPU, limits): no tensor of a pack needs more. */
export const NEEDED_BINDING_BYTES = 128 * 2 ** 20

const toMebibytes = (bytes: number): string => String(Math.floor(bytes / 2 ** 20))

const SOFTWARE = /swiftshader|llvmpipe|lavapipe|software|microsoft basic render/i

/** Vendor and architecture, as far as the browser tells. */
export function toAdapterName(info: AdapterDescription): string {
  const parts = [info.vendor, info.architecture, info.description || info.device].filter(Boolean)
  return parts.join(' ') || 'unnamed adapter'
}

/** A software adapter runs on the processor, slower than the wasm provider does. */
export const isSoftwareAdapter = (info: AdapterDescription): boolean =>
  info.isFallbackAdapter === true || SOFTWARE.test(toAdapterName(info))

const wasm = (note: string): ProviderDecision => ({ provider: 'wasm', note })

/** The rule: a real GPU is taken, a software one only when asked for, and nothing that has failed. */
export function chooseProvider(choice: ProviderChoice, gpu: GpuState): ProviderDecision {
  if (choice === 'wasm') return wasm('chosen by the user')
  switch (gpu.kind) {
    case 'no-api':
      return wasm('this browser has no WebGPU')
    case 'no-adapter':
      return wasm('WebGPU found no adapter')
    case 'small-buffers':
      return wasm(
        `the GPU binds ${toMebibytes(gpu.bindingBytes)} MiB in one buffer, ${toMebibytes(NEEDED_BINDING_BYTES)} MiB are needed`,
      )
    case 'device-failed':
      return wasm(`the GPU refused a device: ${gpu.cause}`)
    case 'run-failed':
      return wasm(`the GPU could not run the model: ${gpu.cause}`)
    case 'wrong-numbers':
      return wasm(`the GPU failed the self-test: cosine ${gpu.cosine.toFixed(4)} to the reference`)
    case 'lost-twice':
      return wasm('the GPU was lost twice')
    case 'adapter':
      if (!gpu.software)
        return { provider: 'webgpu', note: choice === 'webgpu' ? 'chosen by the user' : 'real adapter' }
      if (choice === 'webgpu') return { provider: 'webgpu', note: 'software adapter, chosen by the user' }
      return wasm('software adapter counts as no GPU')
  }
}

/** A precision that a person asked for; `auto` leaves it to the pack. */
export type VariantChoice = 'auto' | GraphVariant['variant']

/** What decides between the variants of a graph. */
export interface VariantNeeds {
  readonly provider: Provider
  readonly hasShaderF16: boolean
  readonly choice: VariantChoice
}

/**
 * Variants of the manifest meant for the provider, in the order in which they are to be tried: the one asked for, then
 * the pack's own order. fp16 needs `shader-f16` on WebGPU.
 */
export function toFittingVariants<V extends GraphVariant>(
  graph: readonly V[],
  { provider, hasShaderF16, choice }: VariantNeeds,
): V[] {
  const fitting = graph.filter(
    (entry) => entry.providers.includes(provider) && (entry.variant !== 'fp16' || provider === 'wasm' || hasShaderF16),
  )
  return [
    ...fitting.filter(({ variant }) => variant === choice),
    ...fitting.filter(({ variant }) => variant !== choice),
  ]
}

/** The variant of the nth attempt, from 0; the last one stands for all later attempts. Null when none fits. */
export const chooseVariant = <V extends GraphVariant>(
  graph: readonly V[],
  needs: VariantNeeds,
  attempt: number,
): V | null => {
  const fitting = toFittingVariants(graph, needs)
  return fitting.at(Math.min(attempt, fitting.length - 1)) ?? null
}
