import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, it } from 'vitest'
import type { Manifest } from '../domain/model/manifest.ts'

const ROOT = resolve(import.meta.dirname, '../..')
const MODELS = resolve(ROOT, 'public/models')
const README = readFileSync(resolve(ROOT, 'README.md'), 'utf8')

const readManifest = (pack: string): Manifest =>
  JSON.parse(readFileSync(resolve(MODELS, pack, 'manifest.json'), 'utf8'))

/** What training/voxct/pack/headlines.py writes between the markers must show at least these. */
const HEADLINES = [
  'CT zero-shot AUROC, mean of 18 findings',
  'CT zero-shot, external, AUROC, mean of 18 findings',
  'CT zero-shot F1 (weighted), mean of 18 findings',
  'Calibration error (ECE) of the CT probabilities',
  'Heat: peak inside a focal finding that is rightly called',
  'Said present AUROC, mean of 18 (clean)',
  'Present against absent AUROC (clean)',
]

function toRow({ name, split, n, value, interval, chance }: Manifest['evaluation'][number]): string {
  const span = interval ? `${interval[0].toFixed(3)} to ${interval[1].toFixed(3)}` : '–'
  return `| ${name} | ${split} | ${n} | ${value.toFixed(3)} | ${span} | ${chance.toFixed(3)} |`
}

it('prints in README.md the headline figures of the manifest, with N, interval and chance, and no others', () => {
  const figures = new Map(readManifest('phantom-mini').evaluation.map((figure) => [figure.name, toRow(figure)]))
  const printed = README.split('\n').filter((line) => /^\| .* \| \d+ \| [\d.]+ \|.* [\d.]+ \|$/.test(line))
  for (const line of printed) expect(line).toBe(figures.get(line.split(' | ')[0].slice(2)))
  const names = printed.map((line) => line.split(' | ')[0].slice(2))
  expect(names).toEqual(expect.arrayContaining(HEADLINES))
})

it('shows a screenshot that exists and names the two commands', () => {
  const picture = /!\[[^\]]+\]\(([^)]+)\)/.exec(README)?.[1]
  expect(picture && existsSync(resolve(ROOT, picture))).toBe(true)
  expect(README).toContain('npm ci && npm start')
  expect(README).toContain('npm ci && npm test')
})

it('names the packages that ask for a newer Node than the oldest one the project runs on, and no others', () => {
  const { packages } = JSON.parse(readFileSync(resolve(ROOT, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, { engines?: { node?: string } }>
  }
  const asking = Object.entries(packages)
    .filter(([, { engines }]) => Number(/^>=\s*(\d+)/.exec(engines?.node ?? '')?.[1] ?? 0) > 20)
    .map(([path]) => path.split('/').at(-1) as string)
  const warned = /`npm ci`\s+warns of ([^,]+),/.exec(README)?.[1].split(/\s+and\s+/)
  expect(warned?.sort()).toEqual(asking.sort())
})

/** Every file that a part of a manifest names, by the folder it lies in: a file that two packs share counts once. */
function collectFiles(part: unknown, pack: string, bytes: Map<string, number>): Map<string, number> {
  if (typeof part !== 'object' || part === null) return bytes
  if ('file' in part && 'bytes' in part)
    bytes.set(`${'pack' in part ? part.pack : pack}/${part.file}`, Number(part.bytes))
  for (const inner of Object.values(part)) collectFiles(inner, pack, bytes)
  return bytes
}

it('keeps all bundled packs together under 120 MB', () => {
  const packs = readdirSync(MODELS).filter((name) => existsSync(resolve(MODELS, name, 'manifest.json')))
  const bytes = new Map<string, number>()
  for (const pack of packs) collectFiles(readManifest(pack), pack, bytes)
  expect(bytes.size).toBeGreaterThan(5)
  expect([...bytes.values()].reduce((sum, each) => sum + each, 0)).toBeLessThanOrEqual(120e6)
})
