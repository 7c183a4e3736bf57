import { describe, expect, it } from 'vitest'
import { readClips, toHalf } from '../statements/testing/handWritten.ts'
import { formSpeech } from './formSpeech.ts'
import { findSentenceStarts } from './runOn.ts'

const form = (text: string) => formSpeech(text).map((one) => one.text)

describe('a sentence ends where the next begins, though no stop was said', () => {
  it.each([
    [
      'the lungs are clear no pleural effusion heart is enlarged small hiatal hernia and there is a five millimetre nodule in the right upper lobe',
      'The lungs are clear.|No pleural effusion.|Heart is enlarged.|Small hiatal hernia.|There is a 5 mm nodule in the right upper lobe.',
    ],
    [
      'There is a nodule in the right upper lobe measuring 5 mm, no pleural effusion, the heart is enlarged, the liver is unremarkable',
      'There is a nodule in the right upper lobe measuring 5 mm.|No pleural effusion.|The heart is enlarged.|The liver is unremarkable.',
    ],
    [
      'small left pleural effusion with adjacent atelectasis, mild cardiomegaly, and no pneumothorax',
      'Small left pleural effusion with adjacent atelectasis.|Mild cardiomegaly.|No pneumothorax.',
    ],
    [
      'the nodule has grown from four to six millimetres and the effusion has resolved',
      'The nodule has grown from 4 to 6 mm.|The effusion has resolved.',
    ],
    ['nodule in the left lower lobe scratch that no nodule', 'Nodule in the left lower lobe.|Scratch that no nodule.'],
    ['I see a nodule and I see a small effusion', 'I see a nodule.|I see a small effusion.'],
  ])('%s', (said, written) => expect(form(said).join('|')).toBe(written))
})

describe('what belongs together stays together', () => {
  it.each([
    'No pleural effusion, pneumothorax, or consolidation.',
    'No nodule mass or consolidation.',
    'The heart, aorta, and great vessels are normal.',
    'The nodule in the left upper lobe, previously 4 mm, is now 6 mm.',
    'There is a nodule in the left upper lobe, which is calcified, it measures 5 mm.',
    'Suspicious for metastasis, lymphangitis, enlarged hilar nodes.',
    'Emphysema, upper lobe predominant, with bullae at the apices.',
    'Consolidation with air bronchograms consistent with pneumonia and a small parapneumonic effusion.',
    'Status post median sternotomy, aortic valve replacement, pacemaker leads in place.',
  ])('%s', (said) => expect(form(said)).toEqual([said]))
})

/** Stops of the hand-written reports, each written as `sign`: which are found, and what else is cut that is no clause of them. */
function countStarts(sign: ',' | '') {
  const count = { stops: 0, found: 0, wrong: 0 }
  const isSpoken = (clauses: readonly string[]) => /\b(period|comma|colon|new line|full stop)\b/.test(clauses.join(' '))
  const reports = readClips('reports').filter(({ id, clauses }) => toHalf(id) === 'held-out' && !isSpoken(clauses))
  for (const { clauses } of reports) {
    const said = clauses.flatMap((clause) => clause.split(/\s+/).map((word, n) => ({ word, opens: n === 0 })))
    const isStop = (at: number) => /[.!?]$/.test(said[at - 1].word)
    const starts = findSentenceStarts(said.map(({ word }) => word.toLowerCase().replace(/[.!?;:]$/, sign)))
    count.stops += said.filter((_, at) => at > 0 && isStop(at)).length
    count.found += starts.filter(isStop).length
    count.wrong += starts.filter((at) => !isStop(at) && !said[at].opens).length
  }
  return count
}

describe('of 84 stops in the held-out reports', () => {
  it('60 are found where commas stand for them, and 2 starts are none', () => {
    expect(countStarts(',')).toEqual({ stops: 84, found: 60, wrong: 2 })
  })
  it('55 where nothing stands for them, and 10 starts are none', () => {
    expect(countStarts('')).toEqual({ stops: 84, found: 55, wrong: 10 })
  })
})
