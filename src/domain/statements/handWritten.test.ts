import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import * as v from 'valibot'
import { expect, it } from 'vitest'
import { FINDING_IDS } from '../findings/findings.fixture.ts'

const FOLDER = new URL('../../../fixtures/statements/', import.meta.url)
const README = readFileSync(new URL('README.md', FOLDER), 'utf8')
const STATUSES = ['present', 'absent', 'uncertain', 'resolved'] as const
const HALVES = ['develop', 'held-out'] as const
const WITHOUT_FINDING = ['normal', 'other-organ', 'unrelated', 'command', 'unlabelled']

const index = v.pipe(v.number(), v.integer(), v.minValue(0))
const named = { finding: v.picklist(FINDING_IDS), status: v.picklist(STATUSES) }
const side = v.optional(v.picklist(['left', 'right', 'bilateral']))
const statement = v.strictObject({
  ...named,
  clause: v.union([index, v.pipe(v.array(index), v.minLength(2))]),
  side,
  lobe: v.optional(v.picklist(['upper', 'middle', 'lower', 'lingula'])),
  place: v.optional(v.pipe(v.string(), v.minLength(3))),
  size: v.optional(v.strictObject({ mm: v.pipe(v.number(), v.integer(), v.minValue(1)) })),
})
const clip = v.strictObject({
  id: v.pipe(v.string(), v.regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)),
  kind: v.string(),
  clauses: v.pipe(v.array(v.pipe(v.string(), v.regex(/^[A-Za-z][A-Za-z0-9 ,.?':-]*$/))), v.minLength(1)),
  statements: v.array(statement),
  tolerated: v.optional(v.array(v.strictObject({ ...named, side }))),
  retracted: v.optional(v.array(statement)),
})
type Clip = v.InferOutput<typeof clip>

const readClips = (name: string): Clip[] =>
  readFileSync(new URL(`${name}.jsonl`, FOLDER), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => v.parse(clip, JSON.parse(line)))

const findings = readClips('findings')
const others = readClips('others')
const reports = readClips('reports')
const clips = [...findings, ...others, ...reports]

const toHalf = (id: string) => HALVES[Number.parseInt(createHash('sha256').update(id).digest('hex').charAt(0), 16) % 2]
const toWords = ({ clauses }: Clip) =>
  clauses
    .join(' ')
    .toLowerCase()
    .match(/[a-z0-9']+/g)
    ?.join(' ') ?? ''
const toKey = ({ finding, status, side }: Pick<Clip['statements'][number], 'finding' | 'status' | 'side'>) =>
  `${finding} ${status} ${side}`
const count = (finding: string, status: string, half: string) =>
  clips
    .filter(({ id }) => toHalf(id) === half)
    .flatMap(({ statements }) => statements)
    .filter((each) => each.finding === finding && each.status === status).length

it('has no id twice and no words twice', () => {
  expect(new Set(clips.map(({ id }) => id)).size).toBe(clips.length)
  expect(new Set(clips.map(toWords)).size).toBe(clips.length)
})

it('points every statement, also those taken back, at clauses of its clip, in order', () => {
  for (const { id, clauses, statements, retracted = [] } of clips)
    for (const { clause } of [...statements, ...retracted]) {
      const indices = [clause].flat()
      expect(
        indices.filter((each) => each >= clauses.length),
        id,
      ).toEqual([])
      expect(indices, id).toEqual([...new Set(indices)].sort((a, b) => a - b))
    }
})

it('counts nothing as said that the speaker took back, and tolerates nothing that it asks for', () => {
  for (const { id, statements, tolerated = [], retracted = [] } of clips) {
    const sized = (each: Clip['statements'][number]) => `${toKey(each)} ${each.lobe} ${each.size?.mm}`
    const said = new Set(statements.map(sized))
    expect(
      retracted.filter((each) => said.has(sized(each))),
      id,
    ).toEqual([])
    const keys = new Set(statements.map(toKey))
    expect(
      tolerated.filter((each) => keys.has(toKey(each))),
      id,
    ).toEqual([])
  }
})

it('says something of a finding in every clip but those of the kinds that must stay without', () => {
  expect(others.filter(({ kind, statements }) => !WITHOUT_FINDING.includes(kind) || statements.length)).toEqual([])
  // A finding that was dictated and struck out again leaves nothing to find.
  expect(findings.filter(({ statements, retracted }) => !statements.length && !retracted)).toEqual([])
  expect(reports.filter(({ statements }) => statements.length < 6)).toEqual([])
})

it('has at least eight statements a finding and status, three of them in each half', () => {
  for (const finding of FINDING_IDS)
    for (const status of STATUSES) {
      const [develop, heldOut] = HALVES.map((half) => count(finding, status, half)) as [number, number]
      expect(develop + heldOut, `${finding} ${status}`).toBeGreaterThanOrEqual(8)
      expect(Math.min(develop, heldOut), `${finding} ${status}`).toBeGreaterThanOrEqual(3)
    }
})

it('is counted in the readme: clips a kind, statements a finding and status, each as develop + held-out', () => {
  const ofKind = (kind: string) =>
    HALVES.map((half) => clips.filter((each) => each.kind === kind && toHalf(each.id) === half).length).join(' + ')
  for (const kind of new Set(clips.map((each) => each.kind)))
    expect(README).toContain(`\n| ${kind} | ${ofKind(kind)} |`)
  const toCell = (finding: string, status: string) => HALVES.map((half) => count(finding, status, half)).join(' + ')
  for (const finding of FINDING_IDS)
    expect(README).toContain(`\n| ${finding} | ${STATUSES.map((status) => toCell(finding, status)).join(' | ')} |\n`)
})
