import { readFileSync } from 'node:fs'
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect, test, type VoxctPage } from './support/app.ts'
import { offerCountedPacks, type PackFindings, readFindings } from './support/countedPacks.ts'
import { speak } from './support/speak.ts'

const labelsOfRows = (page: Page) =>
  page
    .locator('[data-testid^="finding-row-"]')
    .evaluateAll((rows) =>
      rows.map((row) => [
        row.getAttribute('data-testid')?.replace('finding-row-', ''),
        row.getAttribute('aria-label')?.split(';')[0],
      ]),
    )

/** What a case of the list is labelled with. */
const labelsOfCase = async (page: Page, id: string): Promise<string[]> => {
  const chips = await page.getByTestId(`similar-case-${id}`).locator('[class*="chip_"]').allTextContents()
  return chips.map((chip) => chip.replace('✓ ', ''))
}

/** Labels of what is said, without place and size. */
async function chipsOfUtterance(page: Page): Promise<string[]> {
  const chips = await page.locator('[data-testid^="utterance-"][data-phase="ready"] [data-status]').allTextContents()
  return chips.map((chip) => chip.split(' · ')[0])
}

async function exportReading(page: Page) {
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByTestId('export-button').click()])
  return JSON.parse(readFileSync(await download.path(), 'utf8'))
}

/** Every finding of the pack and no other, by the pack's names, ranked, in the cases and in the export. */
async function expectFindings(app: VoxctPage, { ids, labels }: PackFindings): Promise<void> {
  const { page } = app
  const order = await app.rowOrder(ids.length)
  expect([...order].sort()).toEqual([...ids].sort())
  expect(Object.fromEntries(await labelsOfRows(page))).toEqual(Object.fromEntries(ids.map((id, n) => [id, labels[n]])))
  const exported = await exportReading(page)
  expect(exported.findings.map(({ id }: { id: string }) => id)).toEqual(order)
  expect(exported.findings.every(({ probability }: { probability: number }) => probability > 0)).toBe(true)

  // What both show comes first.
  expect((await labelsOfCase(page, 'case-0')).sort()).toEqual([...labels].sort())
  expect(await labelsOfCase(page, 'case-1')).toEqual([labels.at(-1)])
  await expect(page.getByTestId('similar-case-case-2')).toContainText(`None of the ${ids.length} findings`)
  await expect(page.getByTestId('similar-case-case-3')).toContainText('Its findings are not known')
}

async function expectRanked(app: VoxctPage, ids: readonly string[]): Promise<void> {
  const probabilities = await app.probabilities()
  const ranked = [...ids].sort((a, b) => probabilities[b] - probabilities[a])
  expect(await app.rowOrder(ids.length)).toEqual(ranked)
}

/** A finding that is chosen lights up, and cases are ranked by it. */
async function expectEvidence(app: VoxctPage, id: string, label: string): Promise<void> {
  await app.light(id)
  await expect(app.page.getByTestId('heat-legend')).toContainText(`Heat: ${label}`)
  await expect(app.page.getByTestId('similar-query')).toHaveText(`Closest to ${label}`)
  await expect(app.row(id)).toHaveAttribute('aria-pressed', 'true')
}

async function choosePack(app: VoxctPage, id: string): Promise<void> {
  await app.page.getByTestId('pack-menu').click()
  await app.page.getByTestId(`pack-${id}`).click()
  await expect(app.page.getByTestId('model-chip')).toHaveAttribute('data-pack', id)
  await app.idle()
}

test('packs of 3 and of 40 findings read, list, rank, light up and export their own', async ({ app, page }) => {
  test.setTimeout(240_000)
  await offerCountedPacks(page)
  const three = readFindings('tiny-three')
  const forty = readFindings('tiny-forty')
  await app.open()
  await app.idle()
  await expectRanked(app, three.ids)
  await expectFindings(app, three)
  const wav = speak('pack-findings', 'There is a large right pneumothorax.', { padSeconds: 1 })
  await page.getByTestId('audio-input').setInputFiles(wav)
  await expect(page.locator('[data-testid^="utterance-"][data-phase="ready"]')).toHaveCount(1)
  await app.idle()
  const said = await chipsOfUtterance(page)
  expect(said.length).toBeGreaterThan(0)
  for (const label of said) expect(three.labels).toContain(label)
  expect((await exportReading(page)).utterances[0].statements.length).toBe(said.length)

  await expectEvidence(app, 'aortic_dissection', 'Aortic dissection')
  await choosePack(app, 'tiny-forty')
  await expect(page.getByTestId('heat-legend')).toHaveCount(0)
  await expect(page.getByTestId('similar-query')).toHaveText('Closest to this CT')
  await expectFindings(app, forty)
  const saidOfForty = await chipsOfUtterance(page)
  expect(saidOfForty.length).toBeGreaterThan(0)
  for (const label of saidOfForty) expect(forty.labels).toContain(label)
  await expectEvidence(app, 'scar_pleura', 'Scar, pleura')
  await expect(page.getByTestId('notice')).toHaveCount(0)

  await page.reload()
  await app.idle()
  await expect(page.getByTestId('model-chip')).toHaveAttribute('data-pack', 'tiny-forty')
  await expectFindings(app, forty)
})

test('a finding among 40 is found by its label or by another word for it', async ({ app, page }) => {
  await offerCountedPacks(page)
  await app.open()
  await app.idle()
  await choosePack(app, 'tiny-forty')
  await expectRanked(app, readFindings('tiny-forty').ids)
  await page.getByTestId('finding-search-toggle').click()
  await expect(page.getByTestId('finding-search')).toBeFocused()
  await page.keyboard.type('lesion upper')
  expect((await app.rowOrder(2)).sort()).toEqual(['nodule_left_upper_lobe', 'nodule_right_upper_lobe'])
  const { violations } = await new AxeBuilder({ page }).include('[data-testid="findings-panel"]').analyze()
  expect(violations.map(({ id }) => id)).toEqual([])
  await page.keyboard.type(' mid')
  await expect(page.getByTestId('findings-panel')).toContainText('No finding here is called “lesion upper mid”.')
  await page.keyboard.press('Escape')
  await expect(page.getByTestId('finding-search')).toHaveCount(0)
  await app.rowOrder(40)
  await expect(app.row('nodule_hilum')).toHaveAttribute('title', /25% of the scans it was calibrated on/)
})
