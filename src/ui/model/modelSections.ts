import { labelOf, type NamedFinding } from '../../domain/findings/finding.ts'
import type { FigureGroup, SortedFigure } from '../../domain/model/figureGroups.ts'
import { FIGURE_GROUPS } from '../../domain/model/manifestFigures.ts'
import type { ModelState } from '../../state/appState.ts'
import { isMatch } from '../text/isMatch.ts'

export type SectionId = 'about' | 'choice' | 'engines' | FigureGroup | 'comparison' | 'limits' | 'sources'

export interface ModelSection {
  readonly id: SectionId
  readonly title: string
  /** Everything that a search finds it by. */
  readonly text: string
}

export const GROUP_TITLES: Record<FigureGroup, string> = {
  'ct-internal': 'CT, internal test',
  'ct-external': 'CT, external test',
  speech: 'Speech',
  retrieval: 'Similar cases',
  grounding: 'Heat',
  calibration: 'Calibration',
  guard: 'Guard against strange scans',
}

const section = (id: SectionId, title: string, ...text: readonly string[]): ModelSection => ({
  id,
  title,
  text: [title, ...text].join('\n'),
})

/** What a search finds a figure by. */
export const toFigureText = ({ name, split, finding }: SortedFigure, findings: readonly NamedFinding[]): string =>
  `${name} ${split} ${finding ? labelOf(findings, finding) : ''}`

function toFigureSections({ figures, findings, reliability }: ModelState): ModelSection[] {
  return FIGURE_GROUPS.flatMap((group) => {
    const own = figures.filter((figure) => figure.group === group)
    const words = own.map((figure) => toFigureText(figure, findings))
    const hasPlot = group === 'calibration' && reliability.length > 0
    return own.length > 0 || hasPlot ? [section(group, GROUP_TITLES[group], ...words)] : []
  })
}

/** The headings of the page for this pack, in order; what the manifest does not have has no heading. */
export function toModelSections(model: ModelState): ModelSection[] {
  const { card, comparison, packs } = model
  return [
    ...(card ? [section('about', 'About', card.description, card.trainedOn, card.intendedUse)] : []),
    section(
      'choice',
      'Models',
      'bundled yours add bring folder address remove storage',
      ...packs.map(({ title, line }) => `${title} ${line}`),
    ),
    section(
      'engines',
      'Where it runs',
      'provider WebGPU wasm precision variant int8 fp32 threads self-test load again',
    ),
    ...toFigureSections(model),
    ...(comparison
      ? [section('comparison', 'Methods compared', ...comparison.rows.map(({ title, paper }) => `${title} ${paper}`))]
      : []),
    ...(card && card.limits.length > 0 ? [section('limits', 'Limits', ...card.limits)] : []),
    ...(card ? [section('sources', 'Licence and citations', card.licence, ...card.citations)] : []),
  ]
}

/** Rows that the query means: all of them where it means the section as a whole. */
export const filterRows = <Row>(rows: readonly Row[], toText: (row: Row) => string, title: string, query: string) =>
  isMatch(title, query) ? rows : rows.filter((row) => isMatch(`${title} ${toText(row)}`, query))
