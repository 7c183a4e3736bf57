import { expect, test } from './support/app.ts'
import { changeSource, serveBuild } from './support/builtApp.ts'
import { startFrames, stopFrames } from './support/frames.ts'

/** The whole of what a pane costs. */
const ROW = `{ id: 'axial-2', study: 'current', plane: 'axial', wide: '3 / 1 / 4 / 3', narrow: '3 / 1 / 4 / 3' },`

test('a fourth pane is one row of the layout: it is drawn, scrolled, maximised and named like the others', async ({
  page,
}) => {
  const built = await serveBuild(changeSource('domain/layout/layouts.ts', '  panes: [', `  panes: [\n    ${ROW}`))
  try {
    await page.goto(built.url)
    const panes = page.locator('[data-testid^="viewport-"]')
    await expect(panes).toHaveCount(4)
    await expect(page.locator('[data-view][data-volume-id]')).toHaveCount(4)
    const [first, second] = [page.getByTestId('slice-axial'), page.getByTestId('slice-axial-2')]
    await expect(second).toHaveText(/^\d+ \/ \d+$/)
    expect(await second.textContent()).toBe(await first.textContent())
    await expect(page.getByRole('region', { name: 'Axial 2 view', exact: true })).toBeVisible()

    await startFrames(page)
    await page.locator('[data-view="axial-2"]').hover()
    const before = Number((await first.textContent())?.split(' ')[0])
    await page.mouse.wheel(0, 100)
    await expect(first).toHaveText(new RegExp(`^${before + 1} /`))
    await expect(second).toHaveText(new RegExp(`^${before + 1} /`))
    await expect(page.getByTestId('viewport-axial-2')).toHaveAttribute('data-active', 'true')
    await expect(page.getByTestId('viewport-axial')).toHaveAttribute('data-active', 'false')
    const frames = await stopFrames(page)
    expect(frames.filter(({ view, mean }) => view === 'axial-2' && (mean ?? 0) > 20).length).toBeGreaterThan(0)

    await page.locator('[data-view="axial-2"]').dblclick()
    await expect(panes).toHaveCount(1)
    await expect(page.getByTestId('viewport-axial-2')).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(panes).toHaveCount(4)
  } finally {
    await built.close()
  }
})
