import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { FINDING_IDS } from '../findings/findings.fixture.ts'
import { HALVES, type HandWrittenClip, readClips, STATEMENTS_FOLDER, toHalf } from './testing/handWritten.ts'

const README = readFileSync(new URL('README.md', STATEMENTS_FOLDER), 'utf8')
const STATUSES = ['present', 'absent', 'uncertain', 'resolved'] as const
const WITHOUT_FINDING = ['normal', 'other-organ', 'unrelated', 'command', 'unlabelled']

const findings = readClips('findings')
const others = readClips('others')
const reports = readClips('reports')
const clips = [...findings, ...others, ...reports]

const toWords = ({ clauses }: HandWrittenClip) =>
  clauses
    .join(' ')
    .toLowerCase()
    .match(/[a-z0-9']+/g)
    ?.join(' ') ?? ''
const toKey = ({ finding, status, side }: Pick<HandWrittenClip['statements'][number], 'finding' | 'status' | 'side'>) =>
  `${finding} ${status} ${side}`
const count = (finding: string, status: string, half: string) =>
  clips
    .filter(({ id }) => toHalf(id) === half)
    .flatMap(({ statements }) => statements)
    .filter((each) => each.finding === finding && each.status === status).length

it('names the findings of the pack alone', () => {
  const named = clips.flatMap(({ statements, tolerated = [], retracted = [] }) => [
    ...statements,
    ...tolerated,
    ...retracted,
  ])
  expect(named.filter(({ finding }) => !FINDING_IDS.includes(finding))).toEqual([])
})

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
    const sized = (each: HandWrittenClip['statements'][number]) => `${toKey(each)} ${each.lobe} ${each.size?.mm}`
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
