/**
 * Memory for a volume's voxels: shared between threads where the page allows it (cross-origin isolated), so that the
 * preprocessing worker reads it without a copy; plain memory elsewhere.
 */
export function allocateHu(length: number): Int16Array {
  if (globalThis.crossOriginIsolated === true) return new Int16Array(new SharedArrayBuffer(length * 2))
  return new Int16Array(length)
}
