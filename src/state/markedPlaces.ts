import { type MarkedPlace, toMiddle } from '../domain/layout/sliceMarks.ts'
import { KIND_NAMES } from '../domain/measure/measureText.ts'
import { toOtherPlace } from '../domain/study/priorLink.ts'
import type { AppState } from './appState.ts'
import { selectSourceName } from './querySelectors.ts'
import { selectBesideMeasures, selectRead } from './selectors.ts'
import type { UtteranceItem } from './studyState.ts'

const NONE: readonly MarkedPlace[] = []

const toText = ({ transcript }: UtteranceItem): string => (transcript ? `Said: ${transcript}` : 'Said here')

/** Measures of the study beside at the same places of this one, as far as both are locked. */
function toPriorPlaces(state: AppState): readonly MarkedPlace[] {
  const { prior } = state.desk
  if (!prior) return []
  return selectBesideMeasures(state).flatMap(({ measure: { id, kind, label, points } }) => {
    const pointLpsMm = toOtherPlace(prior, 'comparison', toMiddle(points))
    return pointLpsMm ? [{ id, kind: 'prior' as const, text: `Beside: ${label || KIND_NAMES[kind]}`, pointLpsMm }] : []
  })
}

function gather(state: AppState): readonly MarkedPlace[] {
  const { measures, keyImages, dictation, heatEvidence, similar } = selectRead(state)
  const { readId } = state.desk
  const peak = heatEvidence?.peakLpsMm
  return [
    ...(heatEvidence && peak
      ? [
          {
            id: 'peak',
            kind: 'finding' as const,
            text:
              heatEvidence.query.kind === 'combined'
                ? 'Hottest'
                : `Hottest: ${selectSourceName(state, heatEvidence.query)}`,
            pointLpsMm: peak,
          },
        ]
      : []),
    ...measures.items.map(({ measure: { id, kind, label, points } }) => ({
      id,
      kind: 'measure' as const,
      text: label || KIND_NAMES[kind],
      pointLpsMm: toMiddle(points),
    })),
    ...keyImages.items.map(({ id, note, plane, pointLpsMm }) => ({
      id,
      kind: 'key' as const,
      text: note ? `Key image: ${note}` : 'Key image',
      pointLpsMm,
      plane,
    })),
    ...toPriorPlaces(state),
    ...dictation.utterances.flatMap((item) =>
      item.place && (item.place.studyId ?? readId) === readId
        ? [{ id: item.id, kind: 'utterance' as const, text: toText(item), pointLpsMm: item.place.pointLpsMm }]
        : [],
    ),
    ...(similar.match
      ? [
          {
            id: 'match',
            kind: 'match' as const,
            text: 'Most alike the case beside',
            pointLpsMm: similar.match.here.pointLpsMm,
          },
        ]
      : []),
  ]
}

let last: { readonly inputs: readonly unknown[]; readonly places: readonly MarkedPlace[] } = {
  inputs: [],
  places: NONE,
}

/** What of the study that is read lies at a place: the hottest one, measures, utterances, the match with the case beside. */
export function selectMarkedPlaces(state: AppState): readonly MarkedPlace[] {
  const { measures, keyImages, dictation, heatEvidence, similar } = selectRead(state)
  const inputs = [
    measures.items,
    keyImages.items,
    selectBesideMeasures(state),
    state.desk.prior,
    dictation.utterances,
    heatEvidence,
    similar.match,
    state.desk.readId,
    state.model.findings,
  ]
  if (inputs.some((input, n) => input !== last.inputs[n])) last = { inputs, places: gather(state) }
  return last.places
}
