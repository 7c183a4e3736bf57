import type { FindingId, NamedFinding } from '../findings/finding.ts'
import type { FIGURE_GROUPS, Figure } from './manifestFigures.ts'

export type FigureGroup = (typeof FIGURE_GROUPS)[number]

/** Words by which name and split of a figure tell its group, the first that fits; what fits none is about the CT. */
const GROUP_WORDS: readonly (readonly [RegExp, FigureGroup])[] = [
  [/^guard|out of distribution|stranger/i, 'guard'],
  [/calibration|\bECE\b/i, 'calibration'],
  [/heat|pointing|ground/i, 'grounding'],
  [/recall@|recall at|similar|jaccard|\bMAP\b|retriev|report → volume|median rank/i, 'retrieval'],
  [/said|against absent|speech|spoken|utterance|voice|word error|transcript|clips|distillation|recover/i, 'speech'],
]

const groupOfName = ({ name, split }: Pick<Figure, 'name' | 'split'>): FigureGroup =>
  GROUP_WORDS.find(([words]) => words.test(`${name}, ${split}`))?.[1] ??
  (/external/i.test(split) ? 'ct-external' : 'ct-internal')

/** A figure with the name that the page prints, its group, and the one finding it is about or null. */
export interface SortedFigure extends Omit<Figure, 'group' | 'finding'> {
  readonly group: FigureGroup
  readonly finding: FindingId | null
}

/** Manifests that do not say so themselves end the name of a figure with ": <label of the finding>". */
export function toSortedFigure(figure: Figure, findings: readonly NamedFinding[]): SortedFigure {
  const labelled = findings.find(({ label }) => figure.name.endsWith(`: ${label}`))
  const name = labelled ? figure.name.slice(0, -labelled.label.length - 2) : figure.name
  return {
    ...figure,
    name,
    group: figure.group ?? groupOfName(figure),
    finding: figure.finding ?? labelled?.id ?? null,
  }
}
