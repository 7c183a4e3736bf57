import { expect, it } from 'vitest'
import type { EmbeddingReading } from './readEmbeddings.ts'
import { readWords } from './readWords.ts'
import { type SpokenFinding, toVocabulary } from './transcript/mentions.ts'
import { respell, toSpellings } from './transcript/respell.ts'
import type { HeardWord } from './transcript/tokens.ts'

const spoken = (id: string, ...affirms: string[]): SpokenFinding => ({
  id,
  label: id,
  synonyms: [],
  spoken: { affirms },
})
const FINDINGS = [
  spoken('bronchiectasis', 'bronchiectasis', 'dilat* ~ bronchi'),
  spoken('emphysema', 'emphysema'),
  spoken('nodule', 'nodule'),
  spoken('mosaic', 'mosaic attenuation'),
]
const PACK = { vocabulary: toVocabulary(FINDINGS), spellings: toSpellings(FINDINGS) }
/** Words, the doubtful ones in brackets. */
const wordsOf = (text: string): HeardWord[] =>
  text.split(' ').map((word) => ({ text: word.replace(/[[\]]/g, ''), span: null, isClear: !word.startsWith('[') }))
const heard = (findingId: string, status: EmbeddingReading['status']): EmbeddingReading => ({
  findingId,
  status,
  margin: 0.9,
  span: { startSeconds: 0, endSeconds: 3 },
})
const meantOf = (text: string) => respell(wordsOf(text), PACK.spellings).map(({ meant }) => meant ?? null)
const read = (text: string, ...others: EmbeddingReading[]) =>
  readWords(wordsOf(text), others, PACK).readings.map(({ findingId, status, words }) => [findingId, status, words])

it('takes a doubtful word for the one word of the pack that is one letter more, less or other', () => {
  expect(meantOf('[bronchectasis,] [Enphysema] [nodules] [hodule]')).toEqual([
    'bronchiectasis',
    'emphysema',
    'nodule',
    'nodule',
  ])
})

it('leaves what was heard clearly, what is two letters away, what is short and what may be either of two', () => {
  expect(meantOf('bronchectasis [brunchectasis] [attention] [modul] [emphysema]')).toEqual(Array(5).fill(null))
  const either = toSpellings([spoken('a', 'septal'), spoken('b', 'septum'), spoken('c', 'septul')])
  expect(respell(wordsOf('[septel]'), either)[0].meant).toBeUndefined()
})

it('states what a doubtful word is taken for where the embedding states the same, in the words that were heard', () => {
  const text = 'No [bronchectasis.] Focal [enphysema.]'
  expect(read(text, heard('bronchiectasis', 'absent'), heard('emphysema', 'present'))).toEqual([
    ['bronchiectasis', 'absent', 'No bronchectasis.'],
    ['emphysema', 'present', 'Focal enphysema.'],
  ])
})

it('states nothing of it where the embedding is silent or says otherwise, and nothing that other words state', () => {
  expect(read('No [bronchectasis.]')).toEqual([])
  expect(read('No [bronchectasis.]', heard('bronchiectasis', 'present'))).toEqual([])
  expect(read('Emphysema. No [enphysema.]', heard('emphysema', 'absent'))).toEqual([
    ['emphysema', 'present', 'Emphysema.'],
  ])
})

it('leaves to the reader what was heard as "now" before a bare finding, and takes "now" at its word where it is typed or told in a sentence', () => {
  const spoken = (text: string) =>
    text.split(' ').map((word, n) => ({ text: word, span: { startSeconds: n, endSeconds: n + 1 }, isClear: true }))
  const statusOf = (words: HeardWord[]) => readWords(words, [], PACK).readings.map(({ status }) => status)
  expect(statusOf(spoken('Now focal emphysema.'))).toEqual(['uncertain'])
  expect(statusOf(spoken('Now a nodule.'))).toEqual(['present'])
  expect(statusOf(spoken('Now there is emphysema.'))).toEqual(['present'])
  expect(statusOf(wordsOf('Now focal emphysema.'))).toEqual(['present'])
})
