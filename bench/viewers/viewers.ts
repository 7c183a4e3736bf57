import { readdirSync } from 'node:fs'
import type { Page } from '@playwright/test'
import type { Peers } from './installPeers.ts'
import type { Box } from './screencast.ts'

/** One of the viewers that open the same files in the same browser. */
export interface ViewerUnderTest {
  readonly name: string
  readonly folder: string | null
  readonly path: string
  /** Waits until files are taken. */
  ready(page: Page): Promise<void>
  /** Gives the files, clicks what stands between them and the picture, and waits until the viewer says that it is there. */
  open(page: Page, files: readonly string[]): Promise<void>
  /** Where the axial plane is drawn, once it is. */
  axialBox(page: Page): Promise<Box>
  /** What is kept from being loaded. */
  readonly without?: string
}

const boxOf = async (page: Page, selector: string): Promise<Box> => {
  const found = await page.locator(selector).first().boundingBox()
  if (!found) throw new Error(`${selector} is not on the page`)
  const { width, height } = page.viewportSize() ?? { width: 1, height: 1 }
  return { left: found.x / width, top: found.y / height, width: found.width / width, height: found.height / height }
}

const voxct: Omit<ViewerUnderTest, 'name'> = {
  folder: null,
  path: '/?study=none',
  ready: (page) => page.locator('[data-testid="app-shell"][data-idle="true"]').waitFor({ timeout: 120_000 }),
  async open(page, files) {
    await page.getByTestId('open-input').setInputFiles([...files])
    const isShown = () => performance.getEntriesByName('voxct:study-shown').length > 0
    await page.waitForFunction(isShown, null, { timeout: 240_000 })
  },
  axialBox: (page) => boxOf(page, '[data-view="axial"]'),
}

const toOhif = (folder: string): ViewerUnderTest => ({
  name: 'OHIF 3.13.2',
  folder,
  path: '/local',
  async ready(page) {
    await page.locator('input[type="file"]').first().waitFor({ state: 'attached', timeout: 60_000 })
    await page.waitForLoadState('networkidle')
  },
  async open(page, files) {
    await page
      .locator('input[type="file"]')
      .first()
      .setInputFiles([...files])
    await page.getByText('275', { exact: true }).click({ timeout: 120_000 })
    await page.getByRole('button', { name: 'Basic', exact: false }).first().click({ timeout: 30_000 })
    await page.locator('canvas.cornerstone-canvas').first().waitFor({ timeout: 60_000 })
  },
  axialBox: (page) => boxOf(page, '[data-cy="viewport-pane"], .viewport-wrapper, canvas.cornerstone-canvas'),
})

const toNiivue = (folder: string): ViewerUnderTest => ({
  name: 'niivue 0.69.0',
  folder,
  path: '/',
  ready: async (page) => void (await page.waitForFunction('globalThis.isReady', null, { timeout: 60_000 })),
  async open(page, files) {
    await page.locator('#files').setInputFiles([...files], { timeout: 240_000 })
    await page.waitForFunction('globalThis.isShown', null, { timeout: 240_000 })
  },
  axialBox: (page) => page.evaluate('globalThis.axialBox()') as Promise<Box>,
})

export const toViewers = (peers: Peers | null): ViewerUnderTest[] => [
  { ...voxct, name: 'VoxCT' },
  { ...voxct, name: 'VoxCT without its models', without: '**/models/**' },
  ...(peers ? [toOhif(peers.ohif), toNiivue(peers.niivue)] : []),
]

export const listSlices = (folder: string): string[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.dcm'))
    .map((name) => `${folder}/${name}`)
