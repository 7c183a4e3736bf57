import { type Phrase, parsePhrase } from '../phrases.ts'

/**
 * What words near a finding make of it. None: the words look like a denial and are none ("no change in"). More: what is
 * denied is more of it ("no other"), which says nothing of what was named.
 */
export type Effect = 'present' | 'absent' | 'uncertain' | 'resolved' | 'more' | 'none'

/**
 * Where the finding stands that the words are about. Both: behind it where one stands there, else ahead of it; ahead first: the
 * other way round; around: on either side.
 */
type Direction = 'ahead' | 'behind' | 'both' | 'ahead-first' | 'around'

export interface Rule {
  readonly phrase: Phrase
  readonly effect: Effect
  readonly direction: Direction
  /** How many tokens the finding may be away. */
  readonly reach: number
  /** Counts only where nothing else reaches the finding ("previously seen", of which more may be said behind). */
  readonly isWeak: boolean
  /** Counts only at the end of its part of the sentence: "septal thickening, maybe". */
  readonly isClosing: boolean
}

export const FAR = 24
export const NEAR = 5
export const BESIDE = 3
export const LIST = 14

export const SEEN =
  'seen|identified|present|appreciated|evident|demonstrated|visualized|visualised|detected|noted|found|apparent|visible|shown|observed|there|recognized|recognised|reproduced|reproducible|perceived|discerned|encountered|depicted|discernible|discernable|appreciable|identifiable|detectable|perceptible|revealed|displayed|confirmed|exist'
export const NOT =
  "not|isn't|aren't|wasn't|weren't|never|cannot|can't|couldn't|don't|doesn't|didn't|hasn't|haven't|hadn't|won't"
export const IS = 'is|are|was|were|be|been|being|appears|appear|seems|looks'
export const GONE =
  'resolved|cleared|disappeared|gone|vanished|normalized|normalised|subsided|dissipated|reabsorbed|resorbed|absorbed|abated|healed|settled|reversed|receded|faded|evaporated|eradicated|eliminated|ablated|cured|dissolved|remitted'
export const TAKEN =
  'removed|drained|resected|evacuated|withdrawn|explanted|replaced|repaired|excised|treated|taken|pulled|extracted|tapped|aspirated|decannulated|corrected|fixed|stapled|oversewn|ligated|plicated|bypassed|decompressed'
/** What is done to a finding so that it is there no more. */
export const OPERATION =
  'repair|resection|removal|drainage|surgery|operation|excision|extraction|ablation|extirpation|evacuation|aspiration|fundoplication|lobectomy|segmentectomy|pneumonectomy|bullectomy|metastasectomy|lymphadenectomy|endarterectomy|decortication|pleurodesis|thoracentesis|thoracocentesis|pericardiocentesis|thoracotomy|transplant|transplantation|bypass|angioplasty|radiation|radiotherapy|chemotherapy'
export const SEASON =
  'january|february|march|april|may|june|july|august|september|october|november|december|spring|summer|autumn|winter|fall'
export const MORE = 'other|additional|further|new|extra'
export const SUSPECT = 'suspicious|concerning|worrisome'
export const LOOK =
  'evaluate|assess|look|check|screen|search|investigate|evaluation|assessment|screening|looking|searching|checking|evaluating|workup'

export const toRules = (effect: Effect, direction: Direction, reach: number, phrases: readonly string[]): Rule[] =>
  phrases.map((text) => ({ phrase: parsePhrase(text), effect, direction, reach, isWeak: false, isClosing: false }))

export const weak = (rules: readonly Rule[]): Rule[] => rules.map((rule) => ({ ...rule, isWeak: true }))

export const closing = (rules: readonly Rule[]): Rule[] => rules.map((rule) => ({ ...rule, isClosing: true }))
