import { readFileSync } from 'node:fs'
import type { HandWrittenClip } from '../../src/domain/statements/testing/handWritten.ts'
import { print, type TypedPack } from './openTypedPack.ts'

const LIMITS = [0.2, 0.3, 0.4, 0.5, 0.6, 0.7]

/** Everyday sentences, one a line, that no training has seen; every other line belongs to the half. */
const readStrange = (half: number): string[] =>
  readFileSync('training/voxct/speech/strange_talk.txt', 'utf8')
    .trimEnd()
    .split('\n')
    .filter((_, n) => n % 2 === half)

/** Which sentences reach which score: those about findings should be answered, the others not. */
export async function printAnswered(pack: TypedPack, clips: readonly HandWrittenClip[], half: number): Promise<void> {
  const { findings, text } = pack.manifest
  const ofKind = (...kinds: string[]) =>
    clips.filter(({ kind }) => kinds.includes(kind)).map(({ clauses }) => clauses.join(' '))
  const stating = (...statuses: string[]) =>
    clips
      .filter(({ statements }) => statements.length > 0 && statements.every(({ status }) => statuses.includes(status)))
      .map(({ clauses }) => clauses.join(' '))
  const groups: Record<string, readonly string[]> = {
    'everyday sentences': readStrange(half),
    'unrelated, hand-written': ofKind('unrelated', 'command'),
    'other organs': ofKind('other-organ'),
    'label or synonym alone': findings.flatMap(({ label, synonyms }) => [label, ...synonyms]),
    'says that something is there': stating('present'),
    denies: stating('absent'),
    doubts: stating('uncertain'),
    'tells of the past': stating('resolved'),
  }
  print(`\nSentences answered, by the least score (the pack's: ${text?.leastScore ?? 'none'})`)
  print(`| | sentences | ${LIMITS.join(' | ')} |\n|---|---|${LIMITS.map(() => '---|').join('')}`)
  for (const [name, sentences] of Object.entries(groups)) {
    const scores: number[] = []
    for (const sentence of sentences) scores.push(pack.score((await pack.read(sentence)).embedding))
    const reached = LIMITS.map((limit) => scores.filter((score) => score >= limit).length)
    print(`| ${name} | ${sentences.length} | ${reached.join(' | ')} |`)
  }
}
