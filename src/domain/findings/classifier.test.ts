import { expect, test } from 'vitest'
import { dotProduct } from '../embedding/embedding.ts'
import { classifierDirection, classifierLogit, toClassifiedFindings, toClassifierHead } from './classifier.ts'
import { FINDING_IDS } from './findings.fixture.ts'

/** Weights 2, −1, 4 and bias 0.5 for emphysema; nothing for the others. */
function emphysemaHead() {
  const weights = new Float32Array(FINDING_IDS.length * 4)
  weights.set([2, -1, 4, 0.5], FINDING_IDS.indexOf('emphysema') * 4)
  return toClassifierHead(weights, 3, FINDING_IDS.length)
}

const EMBEDDING = Float32Array.from([0.6, 0.48, -0.64])
const FINDING = FINDING_IDS.indexOf('emphysema')
const calibrated = FINDING_IDS.map((id) => ({
  id,
  calibration: { slope: 9, offset: 9 },
  thresholds: { ct: { present: 1, absent: -1 }, speech: { present: 0, absent: 0 } },
}))

test('the logit is taken after the activation: what is negative counts for nothing', () => {
  expect(classifierLogit(emphysemaHead(), FINDING, EMBEDDING)).toBeCloseTo(2 * 0.6 - 0.48 + 0.5, 6)
})

test('the probability is the logistic of the logit, and thresholds are logits; calibration is left out', () => {
  const findings = toClassifiedFindings(EMBEDDING, emphysemaHead(), calibrated)
  const emphysema = findings.find(({ id }) => id === 'emphysema')
  expect(emphysema).toMatchObject({ seen: 'present', threshold: 1 / (1 + Math.exp(-1)) })
  expect(emphysema?.probability).toBeCloseTo(1 / (1 + Math.exp(-1.22)), 6)
  expect(findings.find(({ id }) => id === 'atelectasis')).toMatchObject({ seen: 'unsure', probability: 0.5, margin: 0 })
})

test('the dot product with the direction is the logit without its bias: the heat sums to it', () => {
  const direction = classifierDirection(emphysemaHead(), FINDING, EMBEDDING)
  expect([...direction]).toEqual([2, -1, 0])
  const logit = classifierLogit(emphysemaHead(), FINDING, EMBEDDING)
  expect(dotProduct(direction, EMBEDDING) + 0.5).toBeCloseTo(logit, 6)
})

test('weights of another size are refused', () => {
  expect(() => toClassifierHead(new Float32Array(18 * 512), 512, 18)).toThrow('classifier of 9216 numbers')
})
