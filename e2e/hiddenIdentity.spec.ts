import { readFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { expect, test } from './support/app.ts'
import { openTiny } from './support/packs.ts'
import { chestSeries, upload } from './support/series.ts'
import { speak } from './support/speak.ts'
import { cube, utterances } from './support/studies.ts'

const PATIENT = 'Smithson'

/** Texts and attributes that name the patient, seen or not; a notice names the file that it is about until it is closed. */
const naming = (page: Page): Promise<string[]> =>
  page.evaluate((name) => {
    const own = (node: Element) => [...node.childNodes].filter(({ nodeType }) => nodeType === Node.TEXT_NODE)
    const words = (node: Element) => [...own(node), ...node.attributes].map((part) => part.nodeValue ?? '')
    const all = [...document.querySelectorAll('*')].filter((node) => !node.closest('[data-testid="notice"]'))
    return all.flatMap((node) => words(node).filter((text) => text.toLowerCase().includes(name.toLowerCase())))
  }, PATIENT)

test('hidden, the identity is nowhere on the page: neither headers nor names of files', async ({ app, page }) => {
  await openTiny(app)
  await app.idle()
  await app.dropFiles(cube(`${PATIENT}_John.nii`, -850, 61))
  await expect(page.getByTestId('study-title')).toHaveText(`${PATIENT}_John.nii`)
  await app.idle()
  expect((await naming(page)).length).toBeGreaterThan(0)
  await page.keyboard.press('Shift+N')
  const recording = readFileSync(speak('hernia', 'There is a hiatal hernia.', { padSeconds: 1 }))
  await page.getByTestId('audio-input').setInputFiles({ ...upload(`${PATIENT}.wav`, recording), mimeType: 'audio/wav' })
  await expect(page.getByTestId('cancel-file')).toBeVisible()
  expect(await naming(page)).toEqual([])
  await expect(utterances(page)).toHaveCount(1)
  await app.idle()
  expect(await naming(page)).toEqual([])
  const headers = { '00100010': ['PN', `${PATIENT}^John`], '00100020': ['LO', `${PATIENT}-1`] } as const
  await app.dropFiles(chestSeries(8, { elements: headers }))
  await expect(page.getByTestId('study-title')).toHaveText('Chest 1.0')
  await app.idle()
  expect(await naming(page)).toEqual([])
  await page.keyboard.press('Shift+N')
  await expect(page.getByTestId('patient-name')).toContainText(PATIENT)
})
