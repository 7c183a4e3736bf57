import { expect, test } from 'vitest'
import { CT_RATE_FINDINGS } from '../../../phantom/findings/ctRateFindings.ts'
import { createPhantomCase } from '../../../phantom/phantomCase.ts'
import { toRenderedPhantom } from './volumePhantom.ts'

test('a phantom comes with its truth, which its title does not give away', () => {
  const phantom = createPhantomCase(4_000_003)
  const volume = { ...phantom.scan, id: 'phantom-4000003', hu: new Int16Array(0), missing: [] }
  const { title, description, labels } = toRenderedPhantom(phantom, volume)
  expect(title).toMatch(/^Phantom 4000003, (wo)?man, \d+ years$/)
  expect(labels.length).toBeGreaterThan(0)
  for (const id of labels) expect(description).toContain(CT_RATE_FINDINGS.find((finding) => finding.id === id)?.label)
  expect(description).toContain(phantom.sentences[0].text)
})
