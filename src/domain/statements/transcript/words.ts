/* Closed classes of words by which the rules tell where one statement ends and the next begins. */

const toSet = (words: string): ReadonlySet<string> => new Set(words.split(/\s+/))

/** What opens a noun phrase of something that is there: articles, amounts, degrees, changes, numbers. */
const OPENING =
  toSet(`a an another some several multiple numerous few scattered one two three four five six seven eight nine ten
  single solitary isolated mild moderate severe marked small large tiny huge minimal minor trace subtle slight faint massive sizable
  sizeable extensive diffuse patchy dense focal mildly moderately severely markedly slightly minimally stable unchanged persistent
  persisting residual worsening worsened increasing increased decreasing decreased improving improved interval new newly known
  chronic old bilateral bibasilar bibasal biapical additional also again incidental incidentally redemonstrated enlarging growing early
  advanced heavy heavily bulky coarse linear streaky hazy smooth nodular mildly`)

/** Finite verbs that part a subject from what is said of it. */
const VERBS =
  toSet(`is are was were has have had isn't aren't wasn't weren't hasn't haven't hadn't remains remain appears appear shows show
  demonstrates demonstrate measures measure looks look contains contain persists persist can cannot can't could couldn't may might`)

/** Conjunctions and prepositions: what stands behind one goes on with what stands before it. */
const LINKING =
  toSet(`and or nor but about regarding of in on at with without within from for by to into near along around above below behind over
  under through throughout between beside adjacent next abutting involving including containing causing versus vs than as like plus
  that which who where whether if when because since until due secondary suspicious concerning suggesting representing compatible
  consistent either neither both not no any there the this these those its his her my our is are was were be been being has have had`)

/** Verbs that take what is seen as their object. */
const REPORTING =
  /^(see|sees|note|notes|find|finds|suspect|suspects|think|favor|favour|consider|query|question|exclude|evaluate|assess|show|demonstrate|reveal|reveals|suggest|suggests|identify|confirm|confirms|have|get|make|makes|follow|recheck|describe|call|measure)$/

const PREDICATES =
  /^(clear|normal|unremarkable|patent|midline|seen|identified|noted|present|absent|intact|enlarged|dilated|thickened|calcified|resolved|cleared|gone|excluded|visible|visualized|visualised|evident|demonstrated|unchanged|stable|smaller|larger|bigger|increased|decreased|improved|worse|worsened|removed|expanded|aerated|inflated|negative|positive|clean|free|open|straight|smooth|thin|out|there|possible|likely|suspected|small|tiny|limits|size|place|position|shape|caliber|calibre)$/

export const isOpening = (word: string): boolean => OPENING.has(word) || /^\d/.test(word)
export const isVerb = (word: string): boolean => VERBS.has(word)
export const isLinking = (word: string): boolean => LINKING.has(word)
export const isPredicate = (word: string): boolean => PREDICATES.test(word) || /[a-z]{3}ed$/.test(word)
export const isReporting = (word: string): boolean => REPORTING.test(word)
/** Whether a word reads as an adjective or adverb, by set or ending. */
export const isModifier = (word: string): boolean =>
  isOpening(word) ||
  /^(mm|cm|x|point|milli.*|centi.*)$|(al|ar|ic|ous|ive|ant|ent|ate|less|like|ly|ed|ing|ary|able|ible|ior|shaped|sized|wide)$/.test(
    word,
  )
