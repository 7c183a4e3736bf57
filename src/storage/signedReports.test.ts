import 'fake-indexeddb/auto'
import { expect, it } from 'vitest'
import type { Signature } from '../domain/dictatedReport/reportEntry.ts'
import { VoxctDatabase } from './database.ts'
import { openReportTable } from './reportTable.ts'
import { listSignedReports } from './signedReports.ts'

const sign = (studyId: string, of: Signature['of']): Signature => ({
  id: `signed:${studyId}`,
  studyId,
  createdAtMs: 1,
  kind: 'signed',
  text: 'PLEURA\nClear.',
  of,
})

it('gives the signed reports of a patient, of no other and none whose patient is not known', async () => {
  const database = new VoxctDatabase('signed')
  const of = (patient: string) => ({ patient, studyDate: '20240101', study: 'CT Thorax' })
  const all = [sign('a', of('one')), sign('b', of('two')), sign('c', null), sign('d', of('one'))]
  for (const entry of all) await openReportTable(entry.studyId, database).put(entry)
  expect((await listSignedReports('one', database)).map(({ studyId }) => studyId)).toEqual(['a', 'd'])
  expect((await listSignedReports('one', database))[0]).toEqual(all[0])
  expect(await listSignedReports('three', database)).toEqual([])
  // As an earlier version wrote it.
  const { of: _, ...old } = sign('e', null)
  await database.reportEntries.put({ ...old, version: 1 } as never)
  expect((await openReportTable('e', database).list()).ok && (await listSignedReports('one', database)).length).toBe(2)
})
