import type { Page } from '@playwright/test'

/** Gathers the WebGL contexts that a page makes from now on; gives what takes them all away, as a graphics card does that is reset. */
export async function watchContexts(page: Page): Promise<() => Promise<void>> {
  await page.addInitScript(() => {
    const made: WebGL2RenderingContext[] = []
    Object.assign(window, { voxctContexts: made })
    type Canvas = { readonly prototype: { getContext(...of: unknown[]): unknown } }
    for (const { prototype } of [HTMLCanvasElement, OffscreenCanvas] as unknown as Canvas[]) {
      const { getContext } = prototype
      prototype.getContext = function (...of) {
        const context = getContext.apply(this, of)
        if (context instanceof WebGL2RenderingContext) made.push(context)
        return context
      }
    }
  })
  return () =>
    page.evaluate(() => {
      const { voxctContexts } = window as unknown as { voxctContexts: WebGL2RenderingContext[] }
      for (const context of voxctContexts) context.getExtension('WEBGL_lose_context')?.loseContext()
    })
}
