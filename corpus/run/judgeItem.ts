import type { Problem } from '../../src/base/result.ts'
import type { ExpectedScan, ExpectedWord, Item } from './expectation.ts'
import { judgeVolume, type PlaneState, type VolumeJudgement } from './judgeVolume.ts'
import type { OpenedDrop, OpenedScan } from './openItem.ts'

export const VERDICTS = [
  'right',
  'refused rightly',
  'wrong picture',
  'lost in silence',
  'not told',
  'refused wrongly',
  'false alarm',
  'sent astray',
  'too slow',
  'too large',
  'crashed',
] as const

export type Verdict = (typeof VERDICTS)[number]

export interface Judgement {
  readonly verdict: Verdict
  /** Why, in one line; empty where all is as it should be. */
  readonly reason: string
  /** Notices and refusals that name no file. */
  readonly nameless: readonly string[]
}

interface Explained {
  readonly scan: ExpectedScan
  readonly opened: OpenedScan
  readonly judgement: VolumeJudgement
}

/** What is to be said of what the app made of an item. The worst fault is the verdict. */
export function judgeItem(item: Item, drop: OpenedDrop): Judgement {
  const said = [...drop.problems, ...drop.opened.flatMap((one) => one.notices)]
  const nameless = said
    .filter((problem) => !namesAny(problem, item.files))
    .map((problem) => `${problem.code}: ${problem.message}`)
  const explained = drop.opened.map((opened) => explain(item, opened))
  const faults: [Verdict, string][] = [
    ...explained.flatMap((one) => findWrong(item, one)),
    ...findAstray(item, drop),
    ...explained.flatMap((one) => findLost(item, one, said)),
    ...findRefused(item, explained, said),
    ...findUntold(item, explained, said),
    ...findNumbers(said),
    ...findAlarms(item, said),
  ]
  if (faults.length > 0) return { verdict: faults[0][0], reason: faults[0][1], nameless }
  return {
    verdict: drop.opened.length > 0 || item.recordings.length > 0 ? 'right' : 'refused rightly',
    reason: '',
    nameless,
  }
}

const textOf = (problem: Problem): string => JSON.stringify(problem)

const baseName = (path: string): string => path.split('/').at(-1) ?? path

/** By its path, or by its name where no other file has that. */
const isIn = (text: string, path: string, files: readonly string[]): boolean =>
  text.includes(path) ||
  (text.includes(baseName(path)) && files.filter((other) => baseName(other) === baseName(path)).length === 1)

const namesAny = (problem: Problem, files: readonly string[]): boolean => {
  const text = textOf(problem)
  return files.some((path) => text.includes(baseName(path)))
}

/** The expected scan that a volume is, or is nearest to. */
function explain(item: Item, opened: OpenedScan): Explained | OpenedScan {
  const candidates = item.scans.map((scan) => ({ scan, opened, judgement: judgeVolume(opened.volume, item, scan) }))
  const cost = ({ judgement, scan }: Explained) =>
    judgement.planes.reduce((sum, state) => sum + (state === 'right' ? -1 : state === 'wrong' ? 1 : 0), 0) /
      scan.files.length +
    Math.min(judgement.faults.length, 1)
  candidates.sort((a, b) => cost(a) - cost(b))
  return candidates[0] ?? opened
}

const isExplained = (one: Explained | OpenedScan): one is Explained => 'judgement' in one

function findWrong(item: Item, one: Explained | OpenedScan): [Verdict, string][] {
  if (!isExplained(one)) return [['wrong picture', `opened as ${one.volume.size.join(' × ')} where nothing can be`]]
  const { judgement, scan, opened } = one
  const wrong = judgement.planes.flatMap((state, plane) => (state === 'wrong' ? [plane] : []))
  const faults = [...judgement.faults, ...(wrong.length > 0 ? [`planes ${wrong.join(', ')} are not the source's`] : [])]
  if (scan.title !== null && !opened.title.includes(scan.title)) {
    return [
      ...faults.map((fault): [Verdict, string] => ['wrong picture', fault]),
      ['not told', `titled "${opened.title}"`],
    ]
  }
  return faults.map((fault) => ['wrong picture', `${fault} (of ${item.scans.length})`])
}

function findAstray({ recordings }: Item, drop: OpenedDrop): [Verdict, string][] {
  const same =
    recordings.length === drop.recordings.length && recordings.every((path) => drop.recordings.includes(path))
  return same ? [] : [['sent astray', `taken for sound: ${drop.recordings.join(', ') || 'nothing'}`]]
}

/** Planes that are not there although their files are sound, or are not there and nobody says so. */
function findLost(_item: Item, one: Explained | OpenedScan, said: readonly Problem[]): [Verdict, string][] {
  if (!isExplained(one)) return []
  const { scan, judgement } = one
  return judgement.planes.flatMap((state, plane): [Verdict, string][] => {
    if (state !== 'missing') return []
    const path = scan.files[plane]
    if (!isNamed(path, said, scan.files)) return [['lost in silence', `${path} is not shown, and nobody says so`]]
    return scan.damaged.includes(plane) || scan.unknowable.includes(plane)
      ? []
      : [['refused wrongly', `${path} is not shown`]]
  })
}

/** By its name, or among "… and 3 more files" of a notice that names a file of the same scan. */
function isNamed(path: string, said: readonly Problem[], files: readonly string[]): boolean {
  return said.some((problem) => {
    const text = textOf(problem)
    return isIn(text, path, files) || (/\d+ more/.test(text) && files.some((file) => text.includes(file)))
  })
}

function findRefused(
  item: Item,
  explained: readonly (Explained | OpenedScan)[],
  said: readonly Problem[],
): [Verdict, string][] {
  return item.scans.flatMap((scan): [Verdict, string][] => {
    if (explained.some((one) => isExplained(one) && one.scan === scan)) return []
    const named = scan.files.some((path) => isNamed(path, said, item.files))
    if (!named)
      return opensOtherwise(item, scan, explained)
        ? []
        : [['lost in silence', `${scan.files[0]} … does not open, and nobody says so`]]
    return scan.optional
      ? []
      : [
          [
            'refused wrongly',
            said
              .map((problem) => problem.message)
              .join(' | ')
              .slice(0, 200),
          ],
        ]
  })
}

/** An optional scan may be one of several ways in which the same files open. */
const opensOtherwise = (item: Item, scan: ExpectedScan, explained: readonly (Explained | OpenedScan)[]) =>
  scan.optional && explained.some((one) => isExplained(one) && item.scans.includes(one.scan))

function findUntold(
  item: Item,
  explained: readonly (Explained | OpenedScan)[],
  said: readonly Problem[],
): [Verdict, string][] {
  const shownRight = new Set(
    explained
      .filter(isExplained)
      .flatMap(({ scan, judgement }) => scan.files.filter((_, n) => isWhole(scan, judgement.planes, n))),
  )
  return item.told.flatMap((word): [Verdict, string][] => {
    if (word.optional || isTold(word, said, shownRight, item.files)) return []
    return [
      [
        'not told',
        `nothing names ${word.names.slice(0, 2).join(', ')} and says /${word.says}/: ${said.map((one) => one.code).join(', ')}`,
      ],
    ]
  })
}

/** A damaged plane that is right all the same needs no word. */
const isWhole = (scan: ExpectedScan, planes: readonly PlaneState[], n: number) =>
  scan.damaged.includes(n) && planes[n] === 'right'

function isTold(
  word: ExpectedWord,
  said: readonly Problem[],
  shownRight: ReadonlySet<string>,
  files: readonly string[],
): boolean {
  const pattern = new RegExp(word.says, 'i')
  const fits = (path: string) =>
    said.some((problem) => {
      const text = textOf(problem)
      return (
        pattern.test(`${problem.code} ${text}`) &&
        (isIn(text, path, files) || (/\d+ more/.test(text) && word.names.some((name) => text.includes(name))))
      )
    })
  if (word.names.length > 0 && word.names.every((path) => shownRight.has(path))) return true
  return word.anyName ? word.names.some(fits) : word.names.every((path) => fits(path) || shownRight.has(path))
}

/** What a library throws may be an address of its memory, which is no reason. */
function findNumbers(said: readonly Problem[]): [Verdict, string][] {
  const bare = said.find(({ message }) => /(\(|: )\d{3,}\)?\.?$/.test(message))
  return bare ? [['not told', `a number for a reason: ${bare.message}`]] : []
}

function findAlarms(item: Item, said: readonly Problem[]): [Verdict, string][] {
  const alarm = said.find((problem) => item.notTold.includes(problem.code))
  return alarm ? [['false alarm', `${alarm.code}: ${alarm.message}`]] : []
}
