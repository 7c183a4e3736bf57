import { type Browser, test as base, chromium, expect, type Page } from '@playwright/test'

/** The page object: what a person sees and does, and the promise that nothing leaves the app's origin. */
export class VoxctPage {
  readonly foreignRequests: string[] = []

  constructor(
    readonly page: Page,
    readonly origin: string,
  ) {
    page.on('request', (request) => {
      const url = new URL(request.url())
      if (!['blob:', 'data:'].includes(url.protocol) && url.origin !== origin) this.foreignRequests.push(request.url())
    })
    page.on('websocket', (socket) => this.foreignRequests.push(socket.url()))
  }

  async open(query = ''): Promise<void> {
    await this.page.goto(`${this.origin}/${query}`)
    await expect(this.page.getByTestId('app-shell')).toBeVisible()
  }

  /** Without the demo case, which takes seconds to draw and which most stories of files have no use for. */
  async openEmpty(): Promise<void> {
    await this.open('?study=none')
  }

  /** Waits until nothing is loading, decoding or encoding. */
  async idle(timeoutMs = 90_000): Promise<void> {
    await expect(this.page.getByTestId('app-shell')).toHaveAttribute('data-idle', 'true', { timeout: timeoutMs })
  }

  async dropFiles(files: Parameters<ReturnType<Page['locator']>['setInputFiles']>[0]): Promise<void> {
    await this.page.getByTestId('open-input').setInputFiles(files)
  }

  notice(code: string) {
    return this.page.locator(`[data-testid="notice"][data-code="${code}"]`)
  }

  row(findingId: string) {
    return this.page.getByTestId(`finding-row-${findingId}`)
  }

  /** Lists the findings that nothing was said of, where they are folded. */
  async unfold(): Promise<void> {
    const fold = this.page.locator('[data-testid="fold-others"][aria-expanded="false"]')
    if ((await fold.count()) > 0) await fold.click()
  }

  /** Shows what the model makes of a scan that its scores do not apply to. */
  async showEvidence(): Promise<void> {
    await this.page.getByTestId('evidence-toggle').filter({ hasText: 'anyway' }).click()
  }

  /** Chooses a finding and has its heat drawn, also where the model does not see it. */
  async light(findingId: string): Promise<void> {
    await this.row(findingId).click()
    await this.idle()
    const legend = this.page.getByTestId('heat-legend')
    const anyway = this.page.getByTestId('heat-anyway')
    await expect(legend.or(anyway)).toBeVisible()
    if ((await anyway.count()) > 0) await anyway.click()
    await expect(legend).toBeVisible()
  }

  /** Finding ids in the order of the panel, the folded ones too; the bundled packs have 18. */
  async rowOrder(count = 18): Promise<string[]> {
    await this.unfold()
    await expect(this.page.locator('[data-testid^="finding-row-"]')).toHaveCount(count)
    return this.page
      .locator('[data-testid^="finding-row-"]')
      .evaluateAll((rows) => rows.map((row) => row.getAttribute('data-testid')?.replace('finding-row-', '') ?? ''))
  }

  /** Calibrated probabilities by finding id; fails while a row has none. */
  async probabilities(): Promise<Record<string, number>> {
    await this.unfold()
    const pairs = await this.page
      .locator('[data-testid^="finding-row-"]')
      .evaluateAll((rows) =>
        rows.map((row) => [
          row.getAttribute('data-testid')?.replace('finding-row-', ''),
          row.getAttribute('data-probability'),
        ]),
      )
    for (const [id, value] of pairs)
      expect(Number.isFinite(Number.parseFloat(value ?? '')), `probability of ${id}`).toBe(true)
    return Object.fromEntries(pairs.map(([id, value]) => [id, Number.parseFloat(value ?? '')]))
  }

  async similarCases(): Promise<string[]> {
    return this.page
      .locator('[data-testid^="similar-case-"]')
      .evaluateAll((cases) => cases.map((one) => one.getAttribute('data-testid') ?? ''))
  }

  /** Mean and standard deviation of the grey values that a view shows. */
  async pixelStatistics(orientation: 'axial' | 'sagittal' | 'coronal'): Promise<{ mean: number; deviation: number }> {
    const png = (await this.page.getByTestId(`viewport-${orientation}`).first().screenshot()).toString('base64')
    return this.page.evaluate(async (base64) => {
      const image = new Image()
      image.src = `data:image/png;base64,${base64}`
      await image.decode()
      const canvas = new OffscreenCanvas(image.width, image.height)
      const context = canvas.getContext('2d')
      if (!context) throw new Error('no 2d context')
      context.drawImage(image, 0, 0)
      const { data } = context.getImageData(0, 0, canvas.width, canvas.height)
      const grey = Float64Array.from({ length: data.length / 4 }, (_, n) => data[4 * n + 1])
      const mean = grey.reduce((sum, value) => sum + value, 0) / grey.length
      const variance = grey.reduce((sum, value) => sum + (value - mean) ** 2, 0) / grey.length
      return { mean, deviation: Math.sqrt(variance) }
    }, png)
  }
}

/** A test with the page object; afterwards every request must have gone to the app itself. */
export const test = base.extend<{ app: VoxctPage }>({
  app: async ({ page, baseURL }, use) => {
    const app = new VoxctPage(page, new URL(baseURL ?? '').origin)
    await use(app)
    expect(app.foreignRequests).toEqual([])
  },
})

/**
 * A test whose stories share one page of their file, opened once: for stories of which each leaves the page so that the next
 * one proves no less. After a failure the next story has a new page.
 */
export const onOnePage = (open: (app: VoxctPage) => Promise<void>) =>
  test.extend<object, { sharedApp: VoxctPage }>({
    sharedApp: [
      async ({ browser }, use, { project }) => {
        const { baseURL, viewport } = project.use
        const context = await browser.newContext({ baseURL, viewport })
        const app = new VoxctPage(await context.newPage(), new URL(baseURL ?? '').origin)
        await open(app)
        await use(app)
        await context.close()
      },
      { scope: 'worker', timeout: 120_000 },
    ],
    page: ({ sharedApp }, use) => use(sharedApp.page),
    app: async ({ sharedApp }, use) => {
      await use(sharedApp)
      expect(sharedApp.foreignRequests).toEqual([])
    },
  })

/** A browser of its own with extra flags (fake microphone, software WebGPU), closed afterwards, same promise. */
export async function withBrowser(
  options: { args: string[]; executablePath: string; baseURL: string; permissions?: string[] },
  story: (app: VoxctPage, browser: Browser) => Promise<void>,
): Promise<void> {
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  const browser = await chromium.launch({ executablePath: options.executablePath, args: [...sandbox, ...options.args] })
  try {
    const context = await browser.newContext({
      viewport: { width: 1280, height: 800 },
      permissions: options.permissions,
    })
    const app = new VoxctPage(await context.newPage(), new URL(options.baseURL).origin)
    await story(app, browser)
    expect(app.foreignRequests).toEqual([])
  } finally {
    await browser.close()
  }
}

export { expect }
