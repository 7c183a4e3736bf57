import type { Page } from '@playwright/test'
import { expect, test } from './support/app.ts'
import { renderChest, writeStudy } from './support/twoStudies.ts'

const SHIFT_MM = [6, -4, 18] as const
/** What the same place may be off, mm. */
const CLOSE_MM = 3

const CURRENT = {
  name: 'new',
  uid: '1.2.840.1',
  patientId: 'P-17',
  date: '20241012',
  shiftMm: [0, 0, 0],
  skipped: 0,
} as const
const PRIOR = { ...CURRENT, name: 'old', uid: '1.2.840.2', date: '20240312', shiftMm: SHIFT_MM, skipped: 8 } as const
/** Of the same name, and not the same patient. */
const STRANGER = {
  ...CURRENT,
  name: 'other',
  uid: '1.2.840.3',
  patientId: 'P-18',
  date: '20230101',
  skipped: 120,
} as const

/** Where the crosshair of a study is by its three views, LPS mm. */
async function placeOf(page: Page, study: '' | 'comparison-'): Promise<number[]> {
  const read = async (plane: string, [positive, negative]: string) => {
    const text = await page
      .getByTestId(`viewport-${study}${plane}`)
      .locator('[data-testid="pane-position"]')
      .textContent()
    const found = new RegExp(`([${positive}${negative}])\\s*([\\d.]+)`).exec(text ?? '')
    if (!found) throw new Error(`no position in "${text}"`)
    return Number(found[2]) * (found[1] === positive ? 1 : -1)
  }
  return [await read('sagittal', 'LR'), await read('coronal', 'PA'), await read('axial', 'SI')]
}

const sliceNumber = async (page: Page, pane: string): Promise<number> =>
  Number.parseInt((await page.getByTestId(`slice-${pane}`).textContent()) ?? '', 10)

test('the prior of a drop is offered, laid beside, locked by an offset and by the lungs, and comes back after a reload', async ({
  app,
  page,
}) => {
  const volume = renderChest(4_100_000)
  const files = [PRIOR, STRANGER, CURRENT].flatMap((study) => writeStudy(volume, study))
  await app.openEmpty()
  await app.dropFiles(files)

  // The newer study is read, the older one is offered; the other patient is not.
  await expect(page.getByTestId('patient-name')).toContainText('2024-10-12')
  const offered = page.getByTestId('priors').locator('[data-kinship="same"]')
  await expect(offered).toHaveCount(1)
  await expect(offered).toContainText('Prior · 12 Mar 2024')
  await expect(offered).toContainText('214 days before')
  await page.getByTestId('compare-others').click()
  await expect(page.getByTestId('priors').locator('[data-kinship="other"]')).toContainText(
    'another patient by its headers',
  )

  await page.keyboard.press('Shift+C')
  await expect(page.getByTestId('prior-title')).toContainText('12 Mar 2024 · 214 days before')
  await expect(page.getByTestId('role-comparison-axial')).toHaveText('Prior · 12 Mar 2024 · 214 days before')
  await expect(page.getByTestId('role-axial')).toHaveText('Current · 12 Oct 2024')

  // By an offset: the prior is scrolled alone, then both go together.
  await page.getByTestId('prior-unlock').click()
  const before = await sliceNumber(page, 'axial')
  await page.getByLabel('Axial slice of the prior').focus()
  for (let n = 0; n < 3; n++) await page.keyboard.press('ArrowDown')
  expect(await sliceNumber(page, 'axial')).toBe(before)
  const there = await sliceNumber(page, 'comparison-axial')
  await page.getByTestId('prior-lock').click()
  await expect(page.getByTestId('prior-lock-state')).toContainText(/^offset [\d.]+ mm/)
  await page.getByLabel('Axial slice', { exact: true }).focus()
  for (let n = 0; n < 5; n++) await page.keyboard.press('ArrowDown')
  expect(await sliceNumber(page, 'axial')).toBe(before + 5)
  await expect.poll(() => sliceNumber(page, 'comparison-axial')).toBe(there + 5)

  // By the lungs: one click shows the same place in both.
  await page.keyboard.press('Shift+R')
  await expect(page.getByTestId('prior-lock-state')).toContainText(/registered · 9\d %/)
  await expect(page.getByText(/registered by the lungs · overlap 9\d %/)).toBeVisible()
  await page.keyboard.press('8')
  const box = await page.locator('[data-view="axial"]').boundingBox()
  if (!box) throw new Error('no axial view')
  await page.mouse.click(box.x + 0.35 * box.width, box.y + 0.45 * box.height)
  await page.mouse.move(5, 5)
  const checkSamePlace = async () => {
    const [here, beside] = [await placeOf(page, ''), await placeOf(page, 'comparison-')]
    const off = here.map((mm, n) => beside[n] - mm - SHIFT_MM[n])
    expect(Math.hypot(...off)).toBeLessThanOrEqual(CLOSE_MM)
  }
  await checkSamePlace()

  // A reload brings it back as it was, with its files.
  await page.reload()
  await expect(page.getByTestId('app-shell')).toBeVisible()
  await app.dropFiles(files)
  await expect(page.getByTestId('prior-lock-state')).toContainText('registered · 9')
  await checkSamePlace()
  await page.getByTestId('prior-close').click()
  await expect(page.getByTestId('prior-bar')).toHaveCount(0)
  await expect(page.getByTestId('viewport-comparison-axial')).toHaveCount(0)
})
