import { type GpuState, isSoftwareAdapter, NEEDED_BINDING_BYTES, toAdapterName } from './chooseProvider.ts'

/** An adapter as it was found; each can give one device only. */
export interface FoundGpu {
  readonly state: GpuState
  readonly adapter: GPUAdapter | null
}

/** A device of ours, watched: errors that no call reports, and its loss. */
export interface OpenGpu {
  readonly device: GPUDevice
  readonly name: string
  readonly hasShaderF16: boolean
  /** Whether the device is gone; waits a moment, since a run rejects before the loss is announced. */
  isLost(): Promise<boolean>
  /** First error that reached no caller since the last question, or null: after one, results must not be trusted. */
  takeError(): string | null
}

/** Asks for an adapter, without opening a device. */
export async function findGpu(): Promise<FoundGpu> {
  if (!globalThis.navigator?.gpu) return { state: { kind: 'no-api' }, adapter: null }
  try {
    const adapter = await navigator.gpu.requestAdapter({ powerPreference: 'high-performance' })
    if (!adapter) return { state: { kind: 'no-adapter' }, adapter: null }
    const { info, limits } = adapter
    const bindingBytes = limits.maxStorageBufferBindingSize
    if (bindingBytes < NEEDED_BINDING_BYTES) return { state: { kind: 'small-buffers', bindingBytes }, adapter }
    return { state: { kind: 'adapter', name: toAdapterName(info), software: isSoftwareAdapter(info) }, adapter }
  } catch {
    return { state: { kind: 'no-adapter' }, adapter: null }
  }
}

const FEATURES: readonly GPUFeatureName[] = ['shader-f16', 'subgroups']

/** The limits whose defaults are below what encoders need; the adapter's own maximum is asked for. */
const LIMITS = [
  'maxBufferSize',
  'maxStorageBufferBindingSize',
  'maxStorageBuffersPerShaderStage',
  'maxComputeWorkgroupStorageSize',
  'maxComputeInvocationsPerWorkgroup',
  'maxComputeWorkgroupSizeX',
  'maxComputeWorkgroupSizeY',
  'maxComputeWorkgroupSizeZ',
  'maxComputeWorkgroupsPerDimension',
] as const

/** Milliseconds between a rejected run and the announcement of the loss that caused it. */
const LOSS_DELAY_MS = 200

/** Opens the adapter's device. Rejects when the browser refuses it. */
export async function openGpu(adapter: GPUAdapter): Promise<OpenGpu> {
  const device = await adapter.requestDevice({
    requiredFeatures: FEATURES.filter((feature) => adapter.features.has(feature)),
    requiredLimits: Object.fromEntries(LIMITS.map((limit) => [limit, adapter.limits[limit]])),
  })
  let firstError: string | null = null
  device.addEventListener('uncapturederror', (event) => {
    firstError ??= event.error.message
  })
  const pause = () => new Promise<false>((resolve) => setTimeout(() => resolve(false), LOSS_DELAY_MS))
  return {
    device,
    name: toAdapterName(adapter.info),
    hasShaderF16: device.features.has('shader-f16'),
    isLost: () => Promise.race([device.lost.then(() => true), pause()]),
    takeError: () => {
      const error = firstError
      firstError = null
      return error
    },
  }
}
