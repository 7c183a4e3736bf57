import type { StudyIdentity } from '../study/studyIdentity.ts'

/** Kinds of chest CT for which reports begin differently. */
export const STUDY_TYPES = [
  { id: 'chest', title: 'Chest CT' },
  { id: 'contrast', title: 'Chest CT with contrast' },
  { id: 'plain', title: 'Chest CT without contrast' },
  { id: 'screening', title: 'Low-dose screening' },
  { id: 'angiography', title: 'CT pulmonary angiography' },
] as const

export type StudyTypeId = (typeof STUDY_TYPES)[number]['id']

export const titleOfType = (id: StudyTypeId): string => STUDY_TYPES.find((one) => one.id === id)?.title ?? id

type Described = Pick<StudyIdentity, 'studyDescription' | 'seriesDescription' | 'protocolName' | 'contrastAgent'>

const ANGIOGRAPHY =
  /\b(ctpa|pe|pulm\w* ?(art\w* )?(angio\w*|embol\w*)|(angio\w*|cta) (of )?(the )?pulm\w*|lung ?embol\w*|lae)\b/
const SCREENING = /\b(low ?dose|ldct|screen(ing)?|lcs)\b/
/** "W WO CONTRAST": both were scanned, and what is reported is the scan with it. */
const BOTH = /\b(w|with)( and | & |\/| )?(w ?o|without)\b/
const PLAIN =
  /\b(without|w ?o|non?|no iv) ?(iv )?(contrast|cm|con|enhance\w*)\b|\b(unenhanced|noncontrast|plain|nativ\w*|wo)\b/
const CONTRAST = /\b(with|w|post|iv|plus) ?(iv )?(contrast|cm|con)\b|\b(enhanced|contrast|venous|arterial|portal|ce)\b/
const NO_AGENT = /^(no|none|non|without|nil|n a|0)\b/

const toWords = (text: string | null): string =>
  (text ?? '')
    .toLowerCase()
    .replace(/[^a-z0-9&]+/g, ' ')
    .trim()

/**
 * The kind of a chest CT by Study Description, Series Description and Protocol Name, then by Contrast/Bolus Agent (0018,0010); `chest`
 * where they do not tell.
 */
export function toStudyType(identity: Described | null): StudyTypeId {
  if (!identity) return 'chest'
  const { studyDescription, seriesDescription, protocolName, contrastAgent } = identity
  // The series says more of itself than its study does.
  const texts = [seriesDescription, protocolName, studyDescription].map(toWords)
  const isSaid = (form: RegExp) => texts.some((text) => form.test(text))
  if (isSaid(ANGIOGRAPHY)) return 'angiography'
  if (isSaid(SCREENING)) return 'screening'
  const agent = toWords(contrastAgent)
  if (agent !== '') return NO_AGENT.test(agent) ? 'plain' : 'contrast'
  for (const text of texts) {
    if (BOTH.test(text)) return 'contrast'
    if (PLAIN.test(text)) return 'plain'
    if (CONTRAST.test(text)) return 'contrast'
  }
  return 'chest'
}
