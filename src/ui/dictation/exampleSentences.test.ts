import { expect, it } from 'vitest'
import { toExampleSentences } from './exampleSentences.ts'

const finding = (label: string, prevalence: number) => ({ id: label.toLowerCase(), label, synonyms: [], prevalence })

it('says of the two most common findings that one is there and one is not, ties in the order of the pack', () => {
  const findings = [finding('Cyst', 0.1), finding('Nodule', 0.3), finding('Hernia', 0.1)]
  expect(toExampleSentences(findings)).toBe('Nodule is present. No cyst.')
  expect(toExampleSentences(findings.slice(0, 1))).toBe('Cyst is present.')
  expect(toExampleSentences([])).toBeNull()
})
