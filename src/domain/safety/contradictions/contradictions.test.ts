import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { joinReadings } from '../../statements/joinReadings.ts'
import { beginsWithTakingBack } from '../../statements/transcript/corrections.ts'
import { type SpokenFinding, toVocabulary } from '../../statements/transcript/mentions.ts'
import { readTranscript } from '../../statements/transcript/readTranscript.ts'
import { toHeardWords } from '../../statements/transcript/tokens.ts'
import { place, say } from '../safety.fixture.ts'
import { findContradictions, type WrittenUtterance } from './contradictions.ts'

const manifest = JSON.parse(
  readFileSync(new URL('../../../../public/models/phantom-mini/manifest.json', import.meta.url), 'utf8'),
)
const vocabulary = toVocabulary(manifest.findings as SpokenFinding[])

/** A dictation as the reader of transcripts reads it, an utterance a sentence given. */
const dictate = (...texts: readonly string[]): WrittenUtterance[] =>
  texts.map((text, n) => {
    const words = toHeardWords(text, true)
    const statements = joinReadings([], readTranscript(words, vocabulary), words)
    return { id: String(n + 1), text, statements, takesBackPrevious: beginsWithTakingBack(text) }
  })

const tell = (...texts: readonly string[]) =>
  findContradictions(dictate(...texts), null).map((one) => [
    one.about,
    one.about === 'sex'
      ? one.words.map(({ word }) => word).join()
      : one.about === 'place'
        ? one.words
        : one.mentions.map((m) => m.utteranceId).join(),
  ])

describe('a place that no chest has', () => {
  it.each([
    ['Nodule in the left middle lobe.', 'left middle lobe'],
    ['The middle lobe of the left lung is clear.', 'middle lobe of the left lung'],
    ['Atelectasis of the right lingula.', 'right lingula'],
    ['Scarring in both middle lobes.', 'both middle lobes'],
  ])('%s', (text, words) => expect(tell(text)).toEqual([['place', words]]))
  it.each([
    'Nodule in the right middle lobe and in the left lower lobe.',
    'The left lung and the middle lobe are clear.',
    'Atelectasis in the lingula and the right middle lobe.',
    'On the left, middle mediastinal nodes.',
  ])('%s', (text) => expect(tell(text)).toEqual([]))
  it('is told once', () => {
    expect(tell('Nodule in the left middle lobe.', 'Cyst in the Left  middle lobe.')).toHaveLength(1)
  })
})

describe('a finding that is there and is not there', () => {
  it('is told once with the two who say so, however often it is said', () => {
    expect(tell('There is a pleural effusion on the left.', 'No pleural effusion.')).toEqual([['presence', '1,2']])
    expect(tell('No pleural effusion.', 'Small left pleural effusion.', 'No pleural effusion on either side.')).toEqual(
      [['presence', '1,2']],
    )
    const first = findContradictions(dictate('Pleural effusion.', 'No pleural effusion.'), null)
    const more = findContradictions(dictate('Pleural effusion.', 'No pleural effusion.', 'No pleural effusion.'), null)
    expect(more.map(({ id }) => id)).toEqual(first.map(({ id }) => id))
  })

  it('keeps sides and lobes apart', () => {
    expect(tell('No left pleural effusion.', 'Right pleural effusion.')).toEqual([])
    expect(tell('No left effusion, small right effusion.')).toEqual([])
    expect(tell('Nodule in the right upper lobe.', 'No nodule in the right lower lobe.')).toEqual([])
    expect(tell('Bilateral pleural effusions.', 'No pleural effusion on the left.')).toEqual([['presence', '1,2']])
    expect(tell('No consolidation on either side.', 'Consolidation in the right lower lobe.')).toEqual([
      ['presence', '1,2'],
    ])
  })

  it('knows that the lingula lies in the left upper lobe, and that the lobe reaches further', () => {
    expect(tell('Nodule in the lingula.', 'No nodule in the left upper lobe.')).toEqual([['presence', '1,2']])
    expect(tell('Nodule in the lingula.', 'No nodule in the left lung.')).toEqual([['presence', '1,2']])
    expect(tell('Nodule in the lingula.', 'No nodule in the left lower lobe.')).toEqual([])
    const [open] = findContradictions(dictate('Nodule in the left upper lobe.', 'No nodule in the lingula.'), null)
    const [sure] = findContradictions(dictate('Nodule in the lingula.', 'No nodule in the left upper lobe.'), null)
    expect(open.worth).toBeLessThan(sure.worth)
  })

  it('is less sure where only one of the two names a place', () => {
    const worth = (...texts: string[]) => findContradictions(dictate(...texts), null)[0].worth
    expect(worth('There is a pleural effusion.', 'No left pleural effusion.')).toBeLessThan(
      worth('There is a left pleural effusion.', 'No pleural effusion.'),
    )
  })

  it('is none of what is uncertain, came back, or is denied of the rest', () => {
    expect(tell('Possible pleural effusion.', 'No pleural effusion.')).toEqual([])
    expect(tell('The pleural effusion has resolved.', 'Small pleural effusion.')).toEqual([])
    expect(tell('Small pleural effusion.', 'The pleural effusion has resolved.')).toEqual([['presence', '1,2']])
    expect(tell('Nodule in the right upper lobe.', 'No other nodules.')).toEqual([])
    expect(tell('Nodule in the right upper lobe.', 'The remaining lung is free of nodules.')).toEqual([])
    expect(tell('Left pleural effusion.', 'No effusion on the other side.')).toEqual([])
  })

  it('is none where the speaker or a person corrects on purpose', () => {
    expect(tell('Left pleural effusion.', 'Scratch that.', 'No pleural effusion.')).toEqual([])
    expect(tell('Left pleural effusion.', 'Correction, no pleural effusion.')).toEqual([])
    expect(tell('Left pleural effusion.', 'Heart size is normal.', 'No pleural effusion.')).toEqual([
      ['presence', '1,3'],
    ])
    const set = [
      say('1', 'effusion', { findingId: 'e', status: 'absent', isSet: true }),
      say('2', 'effusion', { findingId: 'e' }),
    ]
    expect(findContradictions(set, null)).toEqual([])
  })

  it('weighs less where the sound alone states one of the two', () => {
    const said = [
      say('1', 'effusion', {}),
      { id: '2', text: null, statements: say('', '', { status: 'absent', words: null }).statements },
    ]
    expect(findContradictions(said, null)[0].worth).toBeLessThan(0.6)
  })
})

describe('two sizes of one finding', () => {
  it('are told at one place, by more than rounding', () => {
    const at = 'nodule in the right upper lobe.'
    expect(tell(`A 5 mm ${at}`, `An 8 mm ${at}`)).toEqual([['size', '1,2']])
    for (const other of ['0.5 cm', '.5 cm', '6 mm', 'point five centimeter', 'five millimeter'])
      expect(tell(`A 5 mm ${at}`, `A ${other} ${at}`)).toEqual([])
    expect(tell(`A 1 cm ${at}`, `A 12 mm ${at}`)).toEqual([])
    expect(tell(`A 1.0 mm ${at}`, `A 1 cm ${at}`)).toEqual([['size', '1,2']])
    expect(tell('A 5 mm nodule.', 'A 9 mm nodule.')).toEqual([['size', '1,2']])
  })

  it('are none of two places, of one sentence, or where one of several is meant', () => {
    expect(tell('A 5 mm nodule in the right upper lobe.', 'An 8 mm nodule in the lingula.')).toEqual([])
    expect(tell('A 5 mm nodule and an 8 mm nodule in the right upper lobe.')).toEqual([])
    expect(tell('A 5 mm nodule in the right upper lobe.', 'A second nodule of 8 mm in the right upper lobe.')).toEqual(
      [],
    )
    expect(tell('A 5 mm nodule in the right upper lobe, previously 8 mm.')).toEqual([])
    expect(tell('A 5 mm nodule in the right upper lobe.', 'Correction, 8 mm nodule in the right upper lobe.')).toEqual(
      [],
    )
  })
})

describe('one finding on both sides', () => {
  it('is told where the size is the same and the sides were said apart', () => {
    expect(tell('An 8 mm nodule in the right upper lobe.', 'An 8 mm nodule in the left upper lobe.')).toEqual([
      ['side', '1,2'],
    ])
    expect(tell('An 8 mm nodule in the right upper lobe.', 'A 4 mm nodule in the left upper lobe.')).toEqual([])
    expect(tell('An 8 mm nodule in the right upper lobe.', 'Another 8 mm nodule in the left upper lobe.')).toEqual([])
    expect(tell('Right pleural effusion.', 'Left pleural effusion.')).toEqual([])
  })
})

describe('organs and the patient’s sex', () => {
  const words = (sex: 'F' | 'M' | 'O' | null, ...texts: string[]) =>
    findContradictions(dictate(...texts), sex).flatMap((one) =>
      one.about === 'sex' ? one.words.map(({ word }) => word) : [],
    )

  it('are told where they do not fit, in one alert', () => {
    expect(words('M', 'The uterus is unremarkable.', 'Ovarian cyst.')).toEqual(['uterus', 'Ovarian'])
    expect(words('F', 'The prostate is enlarged.')).toEqual(['prostate'])
    expect(words('M', 'A 60 year old woman.')).toEqual(['woman'])
    expect(findContradictions(dictate('Status post hysterectomy.'), 'M')).toMatchObject([
      { about: 'sex', sex: 'M', findingId: null, words: [{ utteranceId: '1' }] },
    ])
  })

  it('are none where they fit, are another’s, sound alike, or where any organ may be', () => {
    expect(words('F', 'The uterus is unremarkable.')).toEqual([])
    expect(words('F', 'Her husband had prostate cancer.')).toEqual([])
    expect(words('M', 'Cervical spine, ovoid nodule, tunica vaginalis.')).toEqual([])
    expect(words('O', 'Uterus and prostate are normal.')).toEqual([])
    expect(words(null, 'The prostate is enlarged.')).toEqual([])
  })

  it('are held against one another where the header names no sex', () => {
    expect(words(null, 'The uterus is normal.', 'The prostate is enlarged.')).toEqual(['uterus', 'prostate'])
  })
})

describe('an alert’s id', () => {
  it('stays while its words stay, and is another for other words', () => {
    const ids = (...texts: string[]) => findContradictions(dictate(...texts), 'M').map(({ id }) => id)
    const said = ['Left pleural effusion.', 'No pleural effusion.', 'Uterus normal.']
    expect(ids(...said, 'Heart normal.')).toEqual(ids(...said))
    expect(new Set(ids(...said)).size).toBe(2)
    const place1 = say('1', 'a', { sizeMm: 5, place: place('left') })
    expect(findContradictions([place1, say('2', 'b', { sizeMm: 9, place: place('left') })], null)[0].id).not.toBe(
      findContradictions([place1, say('2', 'b', { sizeMm: 12, place: place('left') })], null)[0].id,
    )
  })
})
