import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect, test, type VoxctPage } from './support/app.ts'
import { offerTinyPack } from './support/packs.ts'
import { speak } from './support/speak.ts'
import { utterances } from './support/studies.ts'

const EFFUSION = 'There is a large right pleural effusion.'

async function dictate(app: VoxctPage, name: string, text: string): Promise<void> {
  const before = await utterances(app.page).count()
  await app.page.getByTestId('audio-input').setInputFiles(speak(name, text, { padSeconds: 1 }))
  await expect(utterances(app.page)).toHaveCount(before + 1)
  await app.idle()
}

const chip = (page: Page, findingId: string) => page.getByTestId(`chip-${findingId}`)

/** Opens the menu of a finding's last chip and chooses. */
async function set(page: Page, findingId: string, status: string): Promise<void> {
  await chip(page, findingId).last().click()
  await page.getByTestId(`set-${status}`).click()
  await expect(page.getByRole('menu')).toHaveCount(0)
}

async function startWith(app: VoxctPage, text: string): Promise<void> {
  await app.open()
  await app.idle()
  await dictate(app, 'correct-1', text)
}

/** It lies among the findings that nothing was said of, folded away. */
async function expectUnsaid(app: VoxctPage, findingId: string): Promise<void> {
  await expect(app.row(findingId)).toHaveCount(0)
  await expect(app.page.getByTestId('fold-others')).toHaveAttribute('aria-expanded', 'false')
}

const footing = (page: Page, findingId: string) => chip(page, findingId).last()

test('a chip is turned round, removed and added by hand, marked so, kept over a reload, and taken back', async ({
  app,
  page,
}) => {
  await startWith(app, EFFUSION)
  await set(page, 'pleural_effusion', 'absent')
  await expect(footing(page, 'pleural_effusion')).toHaveAttribute('data-footing', 'set')
  await expect(footing(page, 'pleural_effusion')).toHaveAttribute('aria-label', /Absent, set by you\. Sound: present\./)
  await expect(app.row('pleural_effusion')).toHaveAttribute('data-said', 'absent')

  await page.getByRole('button', { name: 'Add a finding to utterance 1' }).click()
  await expect(page.getByTestId('add-field')).toBeFocused()
  await page.getByRole('radiogroup', { name: 'Said to be' }).getByText('Resolved').click()
  await page.getByTestId('add-field').fill('herni')
  await page.keyboard.press('Enter')
  await expect(page.getByTestId('add-field')).toHaveCount(0)
  await expect(app.row('hiatal_hernia')).toHaveAttribute('data-said', 'resolved')
  await set(page, 'pleural_effusion', 'removed')
  await expect(chip(page, 'pleural_effusion')).toHaveCount(0)
  await expect(chip(page, 'hiatal_hernia')).toBeFocused()
  await expectUnsaid(app, 'pleural_effusion')

  await page.reload()
  await app.idle()
  await expect(chip(page, 'pleural_effusion')).toHaveCount(0)
  await expect(footing(page, 'hiatal_hernia')).toHaveAttribute('data-footing', 'set')
  await expect(app.row('hiatal_hernia')).toHaveAttribute('data-said', 'resolved')
  await expect(page.getByTestId('undo-change')).toHaveCount(0)

  await set(page, 'hiatal_hernia', 'present')
  await set(page, 'hiatal_hernia', 'uncertain')
  await expect(page.getByTestId('dictation-panel')).toContainText('Hiatal hernia set unsure')
  await page.getByTestId('undo-change').click()
  await expect(app.row('hiatal_hernia')).toHaveAttribute('data-said', 'present')
  await page.keyboard.press('Control+z')
  await expect(app.row('hiatal_hernia')).toHaveAttribute('data-said', 'resolved')
  await expect(page.getByTestId('undo-change')).toHaveCount(0)
})

test('what a person set stands when another model hears the same speech', async ({ app, page }) => {
  await offerTinyPack(page)
  await startWith(app, EFFUSION)
  await set(page, 'pleural_effusion', 'uncertain')
  await page.getByTestId('pack-menu').click()
  await page.getByTestId('pack-tiny').click()
  await expect(page.getByTestId('model-chip')).toHaveAttribute('data-pack', 'tiny')
  await app.idle()
  await expect(footing(page, 'pleural_effusion')).toHaveAttribute('data-footing', 'set')
  await expect(app.row('pleural_effusion')).toHaveAttribute('data-said', 'uncertain')
})

test('the text of an utterance is corrected in place by keyboard, kept over a reload, and given back as heard', async ({
  app,
  page,
}) => {
  await startWith(app, EFFUSION)
  const text = page.getByTestId('heard-text')
  const heard = (await text.textContent()) ?? ''
  expect(heard).toContain('effusion')
  await page.keyboard.press('.')
  await page.keyboard.press('t')
  const field = page.getByTestId('edit-field')
  await expect(field).toBeFocused()
  await expect(field).toHaveValue(heard)
  await field.fill('Large left pleural effusion.')
  await page.keyboard.press('Escape')
  await expect(text).toHaveText(heard)
  await page.getByRole('button', { name: 'Correct the text of utterance 1' }).click()
  await field.fill('Large left pleural effusion.')
  await page.keyboard.press('Enter')
  await expect(text).toHaveText('Large left pleural effusion.')
  await expect(page.getByTestId('dictation-panel')).toContainText('corrected')
  await page.reload()
  await app.idle()
  await expect(text).toHaveText('Large left pleural effusion.')
  await page.getByRole('button', { name: 'Correct the text of utterance 1' }).click()
  await page.getByTestId('edit-as-heard').click()
  await expect(text).toHaveText(heard)
  await page.getByTestId('undo-change').click()
  await expect(text).toHaveText('Large left pleural effusion.')
})

test('a deleted utterance comes back in its place with what was set on it', async ({ app, page }) => {
  await startWith(app, EFFUSION)
  await dictate(app, 'correct-2', 'There is a lung nodule in the left upper lobe.')
  await set(page, 'pleural_effusion', 'absent')
  await page.getByRole('button', { name: 'Delete utterance 1' }).click()
  await expect(utterances(page)).toHaveCount(1)
  await expectUnsaid(app, 'pleural_effusion')
  await page.getByTestId('undo-change').click()
  await expect(utterances(page)).toHaveCount(2)
  await app.idle()
  await expect(utterances(page).first()).toContainText('Pleural effusion')
  await expect(app.row('pleural_effusion')).toHaveAttribute('data-said', 'absent')
})

test('what was said both ways is asked, with the words of both, and answered by keyboard', async ({ app, page }) => {
  await startWith(app, EFFUSION)
  await dictate(app, 'correct-3', 'There is no pleural effusion.')
  const row = app.row('pleural_effusion')
  await expect(row).toHaveAttribute('data-said', 'question')
  await expect(row).toContainText('which?')
  await expect(row).toHaveAttribute('title', /Said in 1: .+; 2: .+/)
  await row.focus()
  await page.keyboard.press('Enter')
  const detail = page.getByTestId('finding-detail-pleural_effusion')
  await expect(detail).toContainText('Present in 1, absent in 2: which?')
  await expect(detail.getByRole('listitem')).toHaveCount(2)
  await page.keyboard.press('Tab')
  await expect(page.getByTestId('answer-present-pleural_effusion')).toBeFocused()
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await expect(row).toHaveAttribute('data-said', 'absent')
  await expect(row).toBeFocused()
  await expect(detail).not.toContainText('which?')
  await expect(utterances(page).last().getByTestId('chip-pleural_effusion')).toHaveAttribute('data-footing', 'set')
  await page.keyboard.press('Control+z')
  await expect(row).toHaveAttribute('data-said', 'question')

  await utterances(page).first().getByTestId('chip-pleural_effusion').click()
  await page.getByTestId('show-statement').click()
  // The scan shows none: heat is drawn for who asks for it.
  await expect(page.getByTestId('heat-withheld')).toContainText('No heat: Pleural effusion')
  await page.getByTestId('heat-anyway').click()
  await expect(page.getByTestId('heat-legend')).toContainText('Heat: Pleural effusion')
  await expect(utterances(page).first()).toHaveAttribute('data-selected', 'true')
  await detail.getByRole('button', { name: 'Show utterance 2' }).click()
  await expect(utterances(page).last()).toHaveAttribute('data-selected', 'true')
  await expect(row).toHaveAttribute('aria-pressed', 'true')
})

const LONG =
  'There is a moderate right pleural effusion with adjacent consolidation in the right lower lobe and the heart is ' +
  'enlarged with a small pericardial effusion and there is centrilobular emphysema in both upper lobes with a six ' +
  'millimetre nodule in the left upper lobe and no lymphadenopathy and there is calcification of the coronary arteries.'

test('cards, a text that must be scrolled, menus and the list of findings to add have no accessibility violations', async ({
  app,
  page,
}) => {
  await startWith(app, LONG)
  const violations = async () =>
    (await new AxeBuilder({ page }).analyze()).violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])
  await page.getByRole('button', { name: 'Add a finding to utterance 1' }).click()
  await expect(page.getByTestId('add-field')).toBeFocused()
  await page.waitForTimeout(300)
  expect(await violations()).toEqual([])
  await page.keyboard.press('Escape')
  await chip(page, 'pleural_effusion').click()
  await expect(page.getByTestId('set-absent')).toBeVisible()
  await page.waitForTimeout(300)
  expect(await violations()).toEqual([])
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Correct the text of utterance 1' }).click()
  expect(await violations()).toEqual([])
})
