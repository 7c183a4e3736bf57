/** The rendering library, loaded when it is first needed so that the page itself starts without its megabytes. */
export type Cornerstone = typeof import('@cornerstonejs/core')

let loading: Promise<Cornerstone> | null = null

/**
 * Loads and starts Cornerstone3D once; later calls give the same promise. Rejects where the files
 * cannot be fetched, and tries again at the next call.
 */
export function initCornerstone(): Promise<Cornerstone> {
  loading ??= startCornerstone().catch((thrown: unknown) => {
    loading = null
    throw thrown
  })
  return loading
}

/**
 * Generic viewports, because only they can move to the CPU when the graphics card gives up. One WebGL context a viewer:
 * the volume viewports of an engine share context 0, so more would lie idle, and browsers allow about 16 a page.
 */
async function startCornerstone(): Promise<Cornerstone> {
  const core = await import('@cornerstonejs/core')
  core.utilities.logger.cs3dLog.setLevel('error')
  core.init({
    rendering: { useGenericViewport: true, webGlContextCount: 1, preferSizeOverAccuracy: true },
    debug: { statsOverlay: false },
  })
  return core
}
