import { describe, expect, it } from 'vitest'
import type { StudyIdentity } from '../study/studyIdentity.ts'
import { openVolumeForTest, scanForTest } from '../volume/testing/openForTest.ts'
import { toFile } from '../volume/testing/syntheticDicom.ts'
import { CODE, type Code, UNIT } from './codes.ts'
import { type Item, toCoded, toContainer, toNumber, toText } from './contentItem.ts'
import { writeDictatedSample } from './dictatedSample.fixture.ts'
import { listEarlierReports } from './earlierReport.ts'
import { encodeReport } from './encodeReport.ts'
import { placeReport } from './placeReport.ts'
import { writeSample } from './reportSample.fixture.ts'
import { writeSeries } from './seriesSample.fixture.ts'

const { identity } = await openVolumeForTest(writeSeries())
const scan = async (bytes: Uint8Array<ArrayBuffer>) => scanForTest([toFile('sr.dcm', bytes)])
const noted = (value: string, meaning: string): Code => ({ value, scheme: 'DCM', meaning })

/** A report of another program: basic text, enhanced or comprehensive, whichever the class says. */
async function write(last: string, children: readonly Item[], more: Item = {}) {
  const { RelationshipType: _, ...root } = toContainer(noted('121111', 'Summary'), null, children)
  const head = { SOPClassUID: `1.2.840.10008.5.1.4.1.1.88.${last}`, SOPInstanceUID: `1.2.9.${last}` }
  const patient = {
    PatientID: 'PÄT-1',
    PatientBirthDate: '19591102',
    StudyDate: '20230105',
    StudyDescription: 'CT Thorax',
  }
  return encodeReport({ SpecificCharacterSet: 'ISO_IR 192', ...head, ...patient, ...root, ...more })
}

describe('a dictated report read again', () => {
  it('has every heading and sentence as it was written, and nothing of what stands under the sentences', async () => {
    const { bytes, sentences } = await writeDictatedSample()
    const { reports, problems } = await scan(bytes)
    expect(problems).toEqual([])
    const [earlier] = listEarlierReports(reports, [], identity)
    expect(earlier).toMatchObject({
      isOfThisStudy: true,
      isComplete: true,
      author: 'VoxCT',
      studyDate: '20240611',
      writtenOn: '20261128',
    })
    expect(earlier.sections.map(({ title }) => title)).toEqual([
      'Current Procedure Descriptions',
      'Prior Procedure Descriptions',
      'Findings: Lung',
      'Findings: Pleura',
      'Findings: Heart',
      'Findings',
      'Impressions',
      'Key Images',
    ])
    const said = earlier.sections.flatMap(({ lines }) => lines)
    expect(said.slice(0, -1)).toEqual(sentences.map(({ text }) => text))
    expect(said.at(-1)).toMatch(/^Key image, axial .*: Größter$/)
  })

  it('leaves a report of measurements what it was', async () => {
    const { bytes, volume, measures } = await writeSample()
    const { reports } = await scan(bytes)
    expect(reports[0].sections).toEqual([])
    expect(placeReport(reports[0], volume)?.groups).toHaveLength(measures.length)
  })
})

describe('reports of other programs', () => {
  it('are read as headings with texts, codes and numbers, whatever their class', async () => {
    const body = [
      toText('HAS OBS CONTEXT', CODE.deviceName, 'Nobody reads this'),
      toText('CONTAINS', noted('121060', 'History'), 'Cough.\r\nSmoker.'),
      toContainer(noted('121070', 'Findings'), null, [
        toText('CONTAINS', CODE.finding, 'Clear lungs.'),
        toCoded('CONTAINS', CODE.finding, noted('1', 'Nodule'), [
          toCoded('HAS CONCEPT MOD', CODE.presence, CODE.present),
          toNumber(CODE.diameter, 5.25, UNIT.mm, [], 'HAS PROPERTIES'),
        ]),
        toNumber(CODE.attenuation, -601.5, UNIT.HU, []),
        toContainer(noted('2', 'Airways'), null, [toText('CONTAINS', CODE.finding, 'Patent.')]),
      ]),
    ]
    for (const last of ['11', '22', '33', '34']) {
      const { reports, problems } = await scan(await write(last, body, { CompletionFlag: 'PARTIAL' }))
      expect(problems).toEqual([])
      const [earlier] = listEarlierReports(reports, [], identity)
      expect(earlier).toMatchObject({
        studyDate: '20230105',
        study: 'CT Thorax',
        isOfThisStudy: false,
        isComplete: false,
      })
      expect(earlier.sections).toEqual([
        { title: '', lines: ['History: Cough.', 'Smoker.'] },
        {
          title: 'Findings',
          lines: ['Clear lungs.', 'Nodule (Present, 5.25 mm)', 'Attenuation Coefficient: -601.5 HU'],
        },
        { title: 'Airways', lines: ['Patent.'] },
      ])
    }
  })

  it('are listed with their patient alone: another ID, no ID, or another birth date is not theirs', async () => {
    const text = [toText('CONTAINS', CODE.finding, 'Secret.')]
    const listFor = async (more: Item, of: StudyIdentity | null = identity) =>
      listEarlierReports((await scan(await write('11', text, more))).reports, [], of).length
    expect(await listFor({})).toBe(1)
    expect(await listFor({ PatientID: 'PÄT-2' })).toBe(0)
    expect(await listFor({ PatientID: '' })).toBe(0)
    expect(await listFor({ PatientID: 'anonymous' })).toBe(0)
    expect(await listFor({ PatientBirthDate: '19600101' })).toBe(0)
    expect(await listFor({ PatientSex: 'F' })).toBe(0)
    expect(await listFor({}, null)).toBe(0)
  })

  it('are listed with the newest study first', async () => {
    const text = [toText('CONTAINS', CODE.finding, 'Words.')]
    const read = async (last: string, StudyDate: string) => (await scan(await write(last, text, { StudyDate }))).reports
    const all = [
      ...(await read('11', '20210101')),
      ...(await read('22', '20230301')),
      ...(await read('33', '20220101')),
    ]
    expect(listEarlierReports(all, [], identity).map(({ studyDate }) => studyDate)).toEqual([
      '20230301',
      '20220101',
      '20210101',
    ])
  })
})

it('lists what was signed on this device among them, in its words', () => {
  const text = 'LUNGS AND AIRWAYS\nClear. Patent.\nSecond paragraph.\n\nIMPRESSION\nNormal.'
  const of = { patient: 'hash', studyDate: '20220501', study: 'CT Chest' }
  const made = { id: 'signed:other', studyId: 'other', createdAtMs: Date.UTC(2022, 4, 2, 12), kind: 'signed' as const }
  expect(listEarlierReports([], [{ ...made, text, of }], identity)).toEqual([
    {
      id: 'signed:other',
      studyDate: '20220501',
      study: 'CT Chest',
      writtenOn: '20220502',
      author: 'a reader on this device',
      isOfThisStudy: false,
      isComplete: true,
      sections: [
        { title: 'Lungs and airways', lines: ['Clear. Patent.', 'Second paragraph.'] },
        { title: 'Impression', lines: ['Normal.'] },
      ],
    },
  ])
})
