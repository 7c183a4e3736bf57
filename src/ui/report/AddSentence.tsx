import { useState } from 'react'
import { REPORT_SECTIONS, type ReportSectionId, SECTION_IDS } from '../../domain/dictatedReport/reportSections.ts'
import { useActions } from '../appContext.ts'
import styles from './report.module.css'

/** A sentence of the reader's own: in which section, and its words; Enter puts it in. */
export function AddSentence() {
  const { typeSentence } = useActions()
  const [section, setSection] = useState<ReportSectionId>('impression')
  return (
    <div className={styles.add}>
      <select
        className={styles.select}
        aria-label="Section of the new sentence"
        value={section}
        onChange={(event) => setSection(SECTION_IDS.find((id) => id === event.currentTarget.value) ?? section)}
      >
        {REPORT_SECTIONS.map(({ id, title }) => (
          <option key={id} value={id}>
            {title}
          </option>
        ))}
      </select>
      <input
        className={styles.input}
        aria-label="New sentence"
        placeholder="Type a sentence"
        data-testid="new-sentence"
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.nativeEvent.isComposing) return
          typeSentence(section, event.currentTarget.value)
          event.currentTarget.value = ''
        }}
      />
    </div>
  )
}
