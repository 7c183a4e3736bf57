import dcmjs from 'dcmjs'
import { describe, expect, it } from 'vitest'
import { writeDictatedSample } from './dictatedSample.fixture.ts'

interface Read {
  readonly [keyword: string]: unknown
  readonly ContentSequence?: Read | readonly Read[]
}

const { sentences, bytes } = await writeDictatedSample()
const decode = (file: Uint8Array<ArrayBuffer>): Read =>
  dcmjs.data.DicomMetaDictionary.naturalizeDataset(dcmjs.data.DicomMessage.readFile(file.buffer).dict) as Read
const root = decode(bytes)

const listOf = (value: unknown): Read[] => [value ?? []].flat() as Read[]
const childrenOf = (item: Read): Read[] => listOf(item.ContentSequence)
const nameOf = (item: Read): string => String(listOf(item.ConceptNameCodeSequence)[0]?.CodeMeaning ?? '')
const codeOf = (item: Read): string => String(listOf(item.ConceptCodeSequence)[0]?.CodeMeaning ?? '')
const imagesOf = (item: Read): string[] =>
  listOf(item.ReferencedSOPSequence).map(({ ReferencedSOPInstanceUID }) => String(ReferencedSOPInstanceUID))

/** An item and what hangs under it, a line each: "Finding = Pleural effusion". */
function draw(item: Read): string {
  const number = listOf(item.MeasuredValueSequence)[0]
  const value =
    codeOf(item) || (number ? String(number.NumericValue) : '') || imagesOf(item).join(' ').split('.').at(-1)
  const below = childrenOf(item).map(draw)
  return [nameOf(item) || String(item.ValueType), value && ` = ${value}`, below.length > 0 && ` (${below.join(', ')})`]
    .filter(Boolean)
    .join('')
}

/** dcmjs reads bytes of texts as they are. */
const textOf = ({ TextValue }: Read): string => Buffer.from(String(TextValue), 'latin1').toString('utf8')

const sections = childrenOf(root).filter(({ ValueType }) => ValueType === 'CONTAINER')
const texts = sections.flatMap(childrenOf).filter(({ ValueType }) => ValueType === 'TEXT')
const find = (text: string) => texts.find((item) => textOf(item) === text)

describe('a dictated report as a Comprehensive SR', () => {
  it('has every sentence in its words under the heading of its section', () => {
    expect(sections.map((section) => draw({ ...section, ContentSequence: childrenOf(section).slice(0, 1) }))).toEqual([
      'Current Procedure Descriptions (Procedure Description)',
      'Prior Procedure Descriptions (Procedure Description)',
      'Findings (Finding Site = Lung)',
      'Findings (Finding Site = Pleura)',
      'Findings (Finding Site = Heart)',
      'Findings (Finding)',
      'Impressions (Impression)',
      'Key Images (Key Object Description (IMAGE = 10))',
    ])
    expect(texts.slice(0, -1).map(textOf)).toEqual(sentences.map(({ text }) => text))
  })

  it('has what a sentence states in codes with presence, side, lobe and size, and the slice that it was said at', () => {
    expect(childrenOf(find('There is a nodule of 5 mm in the left upper lobe.') as Read).map(draw)).toEqual([
      'Finding = Nodule of lung (Presence of property = Present, Finding Site = Upper lobe of lung (Laterality = Left), Diameter = 5)',
      'IMAGE = 4',
    ])
    expect(childrenOf(find('Possible nodule in the middle lobe.') as Read).map(draw)).toEqual([
      'Finding = Nodule of lung (Presence of property = Undetermined, Finding Site = Middle lobe of right lung)',
      'IMAGE = 4',
    ])
  })

  it('names no slice for what is absent, nor the place of another study, nor a code that there is not', () => {
    expect(childrenOf(find('No effusion.') as Read).map(draw)).toEqual([
      'Finding = Pleural effusion (Presence of property = Absent)',
    ])
    expect(childrenOf(find('Peribronchial thickening.') as Read)).toEqual([])
    expect(childrenOf(find('The hernia has gone.') as Read)).toEqual([])
  })

  it('says nothing in codes that other words of a person do not say', () => {
    expect(childrenOf(find('Größe unverändert. 肺') as Read)).toEqual([])
  })

  it('has the numbers of a measure with their drawing, and says what the model had offered', () => {
    expect(childrenOf(find('Length: 12.3 mm (axial 5 / 12).') as Read).map(draw)).toEqual([
      'Length = 12.3 (SCOORD (IMAGE = 5))',
    ])
    const accepted = childrenOf(find('Pericardial effusion.') as Read)
    expect(accepted.map(draw)).toEqual(['Finding = Pericardial effusion (Presence of property = Present)', 'Comment'])
    expect(accepted[1].TextValue).toMatch(/81 %.*accepted by the reader/)
  })

  it('lists as evidence the images that it refers to, and no others', () => {
    const [study] = listOf(root.CurrentRequestedProcedureEvidenceSequence)
    const numbers = listOf(study.ReferencedSeriesSequence)
      .flatMap(imagesOf)
      .map((uid) => uid.split('.').at(-1))
    expect(numbers).toEqual(['4', '5', '10'])
  })

  it('is complete where it is signed and partial where it is not, and never verified', async () => {
    expect(root).toMatchObject({ CompletionFlag: 'COMPLETE', VerificationFlag: 'UNVERIFIED', PatientID: 'PÄT-1' })
    const draft = await writeDictatedSample(false)
    expect(decode(draft.bytes)).toMatchObject({ CompletionFlag: 'PARTIAL', VerificationFlag: 'UNVERIFIED' })
  })
})
