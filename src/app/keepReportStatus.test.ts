import { expect, it } from 'vitest'
import type { ReportEntry } from '../domain/dictatedReport/reportEntry.ts'
import { createAppStore } from '../state/store.ts'
import { NEW_STUDY } from '../state/studyState.ts'
import { keepReportStatus } from './keepReportStatus.ts'

const MADE = { id: 'a', studyId: 'one', createdAtMs: 1 } as const
const typed = (text: string): ReportEntry => ({
  ...{ ...MADE, kind: 'written', section: 'lungs', text, from: text, afterUtteranceId: null },
  origin: { by: 'typed' },
})

it('notes a study when the state of its report changes, and not for each sentence', () => {
  const store = createAppStore()
  const noted: string[] = []
  keepReportStatus(store, (id) => noted.push(id))
  const show = (...entries: ReportEntry[]) =>
    store.putStudy('one', { ...NEW_STUDY, study: { id: 'one' } as never, report: { ...NEW_STUDY.report, entries } })
  const counts = [
    [],
    [typed('Clear.')],
    [typed('Clear lungs.')],
    [typed('Clear.'), { ...MADE, id: 's', kind: 'signed', text: 'LUNGS AND AIRWAYS\nClear.', of: null } as const],
    [typed('Other.'), { ...MADE, id: 's', kind: 'signed', text: 'LUNGS AND AIRWAYS\nClear.', of: null } as const],
    [],
  ].map((entries) => {
    show(...entries)
    return noted.length
  })
  // Nothing, begun, another sentence, signed, changed since, taken back.
  expect(counts).toEqual([0, 1, 1, 2, 3, 4])
})
