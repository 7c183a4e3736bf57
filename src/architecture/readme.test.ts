import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, it } from 'vitest'
import { CT_RATE_FINDINGS } from '../domain/findings/ctRateFindings.ts'
import type { Manifest } from '../domain/model/manifest.ts'

const ROOT = resolve(import.meta.dirname, '../..')
const README = readFileSync(resolve(ROOT, 'README.md'), 'utf8')
const MANIFEST: Manifest = JSON.parse(readFileSync(resolve(ROOT, 'public/models/phantom-mini/manifest.json'), 'utf8'))

it('prints in README.md the figures of the manifest over all findings, with N and chance, and no others', () => {
  const isOfOneFinding = (name: string) => CT_RATE_FINDINGS.some(({ label }) => name.endsWith(`: ${label}`))
  const overall = MANIFEST.evaluation.filter(({ name }) => !isOfOneFinding(name) && !name.startsWith('Guard: '))
  const rows = overall.map(
    ({ name, split, n, value, chance }) => `| ${name} | ${split} | ${n} | ${value.toFixed(3)} | ${chance.toFixed(3)} |`,
  )
  expect(rows.length).toBeGreaterThanOrEqual(2)
  const printed = README.split('\n').filter((line) => /^\| .* \| \d+ \| [\d.]+ \| [\d.]+ \|$/.test(line))
  expect(printed).toEqual(rows)
})

it('shows a screenshot that exists and names the two commands', () => {
  const picture = /!\[[^\]]+\]\(([^)]+)\)/.exec(README)?.[1]
  expect(picture && existsSync(resolve(ROOT, picture))).toBe(true)
  expect(README).toContain('npm ci && npm start')
  expect(README).toContain('npm ci && npm test')
})

it('keeps the bundled packs under 40 MB', () => {
  const { trunk, head } = MANIFEST.ct
  const graphs = [...trunk, ...head, ...(MANIFEST.speech?.encoder ?? [])]
  const small = [MANIFEST.prompts, MANIFEST.library.embeddings]
  expect([...graphs, ...small].reduce((sum, { bytes }) => sum + bytes, 0)).toBeLessThan(40e6)
})
