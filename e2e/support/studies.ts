import { expect, type Page } from '@playwright/test'
import { writeSyntheticNifti } from '../../src/domain/volume/testing/syntheticNifti.ts'
import { type UploadedFile, upload } from './series.ts'

/** A cube of one density as a NIfTI file. Cubes of one side are files of one length. */
export const cube = (name: string, hu: number, side: number): UploadedFile =>
  upload(
    name,
    writeSyntheticNifti({
      size: [side, side, side],
      spacingMm: [3, 3, 3],
      sformRows: [
        [3, 0, 0, 0],
        [0, 3, 0, 0],
        [0, 0, 3, 0],
      ],
      writeVoxel: (view, at, _n, littleEndian) => view.setInt16(at, hu, littleEndian),
    }),
  )

/** Id of the study that is being read. */
export async function readStudyId(page: Page): Promise<string> {
  return (await page.getByTestId('patient-strip').getAttribute('data-study-id')) ?? ''
}

/** The entry of a study in the list of this visit. */
export const known = (page: Page, title: string) => page.locator('[data-testid^="recent-"]').filter({ hasText: title })

export const utterances = (page: Page) => page.locator('[data-testid^="utterance-"]')

/** What the cards of the study being read were heard as, in the order of speaking. */
export async function transcripts(page: Page): Promise<string[]> {
  await expect(page.locator('[data-testid^="utterance-"][data-phase="encoding"]')).toHaveCount(0)
  // Words come behind the chips.
  await expect(page.getByText('Writing it down …')).toHaveCount(0)
  return utterances(page).evaluateAll((cards) =>
    cards.map((card) => card.querySelector('[data-testid="heard-text"]')?.textContent ?? ''),
  )
}

/**
 * Findings that the rows of the study being read mark as said present or unsure, in alphabetical order: what a formant voice
 * says is not always written down as it was said, and is then for the reader to say.
 */
export async function saidFindings(page: Page): Promise<string[]> {
  const ids = await page
    .locator('[data-testid^="finding-row-"]:is([data-said="present"], [data-said="uncertain"])')
    .evaluateAll((rows) => rows.map((row) => row.getAttribute('data-testid')?.replace('finding-row-', '') ?? ''))
  return ids.sort()
}
