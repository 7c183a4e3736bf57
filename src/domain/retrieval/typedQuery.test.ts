import { expect, it } from 'vitest'
import { parseTypedQuery } from './typedQuery.ts'

const FINDINGS = ['effusion', 'nodule', 'emphysema']
const context = {
  namesFinding: (text: string) => FINDINGS.some((finding) => text.includes(finding)),
  latestUtteranceId: 'u1',
}
const read = (typed: string) =>
  parseTypedQuery(typed, context).map(({ source, isWithout }) => {
    const name = source.kind === 'text' ? source.text : source.kind
    return isWithout ? `− ${name}` : name
  })

it.each([
  ['like this but no effusion', ['ct', '− effusion']],
  ['Like this scan, but without an effusion.', ['ct', '− effusion']],
  ['cases similar to this CT with no pleural effusion', ['ct', '− pleural effusion']],
  ['like this without effusion or nodule', ['ct', '− effusion or nodule']],
  ['like this but no effusion and without emphysema', ['ct', '− effusion', '− emphysema']],
  ['like what I just said, minus the nodule', ['utterance', '− nodule']],
  ['like my dictation', ['dictation']],
  ['like this with a nodule but no effusion', ['ct', 'a nodule', '− effusion']],
  ['consolidation but no effusion', ['consolidation', '− effusion']],
  ['spiculated nodule without emphysema', ['spiculated nodule', '− emphysema']],
])('reads “%s”', (typed, parts) => expect(read(typed)).toEqual(parts))

it.each([
  'unchanged without contrast',
  'no pleural effusion',
  'No evidence of effusion.',
  'without effusion',
  'pass the coffee without sugar',
  'nodule with spiculation',
])('leaves “%s” as it was typed', (typed) => expect(read(typed)).toEqual([typed]))
