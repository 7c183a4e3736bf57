import { toSection } from '../dictatedReport/reportSections.ts'
import type { FindingId } from '../findings/finding.ts'
import type { Mention } from '../statements/foldStatements.ts'
import { type Place, STATUS_TEXT } from '../statements/statement.ts'
import type { Alert, PlaceAlert, SexAlert, WordAlert } from './alert.ts'
import type { HeatPlace } from './heatPlace.ts'

/** "left, lower third" of the lungs; empty where the heat has no place, and for an organ that has but one. */
export function formatHeatPlace(findingId: FindingId, { side, third }: Pick<HeatPlace, 'side' | 'third'>): string {
  const section = toSection('', [findingId])
  if (section !== null && section !== 'lungs' && section !== 'pleura') return ''
  return [side, third && `${third} third`].filter(Boolean).join(', ')
}

/** A calibrated probability is never said to be certain. */
const formatPercent = (probability: number): string =>
  probability > 0.99 ? '> 99 %' : `${Math.round(probability * 100)} %`

const formatPlace = ({ side, lobe }: Place): string => [side, lobe].filter(Boolean).join(' ')

const formatMm = (mm: number | null): string => (mm === null ? '' : `${Number(mm.toFixed(1))} mm`)

/** "present, left, 5 mm". */
const formatMention = ({ statement: { status, place, sizeMm } }: Mention): string =>
  [STATUS_TEXT[status], formatPlace(place), formatMm(sizeMm)].filter(Boolean).join(', ')

const SEX = { F: 'a woman', M: 'a man' } as const

function describeSex({ sex, words }: SexAlert): string {
  const named = words.map(({ word }) => `“${word}”`).join(', ')
  return sex ? `${named}: the patient is ${SEX[sex]} by the headers.` : `${named}: words of both sexes.`
}

const describePlace = ({ words }: PlaceAlert): string =>
  `“${words}”: ${/lingul/i.test(words) ? 'the lingula is of the left lung alone' : 'only the right lung has a middle lobe'}.`

function describeContradiction(alert: WordAlert, label: string): string {
  if (alert.about === 'place') return describePlace(alert)
  if (alert.about === 'sex') return describeSex(alert)
  const [first, second] = alert.mentions
  return `${label}: said ${formatMention(first)}, then ${formatMention(second)}.`
}

/** An alert as a reader is told it. `toLabel`: what the pack calls a finding. */
export function describeAlert(alert: Alert, toLabel: (id: FindingId) => string): string {
  if (alert.kind === 'contradiction')
    return describeContradiction(alert, alert.findingId ? toLabel(alert.findingId) : '')
  const seenAt = alert.heat && formatHeatPlace(alert.findingId, alert.heat)
  const probability = formatPercent(alert.probability)
  if (alert.kind === 'unmentioned')
    return `${toLabel(alert.findingId)}: seen (${probability}${seenAt ? `, ${seenAt}` : ''}), not mentioned.`
  const said = alert.said.map(formatPlace).filter(Boolean).join(', ')
  return `${toLabel(alert.findingId)}: said ${said || 'elsewhere'}, seen ${seenAt || 'elsewhere'} (${probability}).`
}
