import { Button } from '@mantine/core'
import { IconBookmarks, IconCopy, IconPrinter, IconRuler2, IconTemplate } from '@tabler/icons-react'
import { toSections } from '../../domain/dictatedReport/reportText.ts'
import { selectReport } from '../../state/reportSelectors.ts'
import { useRead } from '../appContext.ts'
import { CommandIcon } from '../parts/CommandIcon.tsx'
import { Region } from '../parts/Region.tsx'
import { RightTabs } from '../parts/RightTabs.tsx'
import { SaveReport } from '../parts/SaveReport.tsx'
import { useCommand } from '../parts/useCommand.ts'
import { AddSentence } from './AddSentence.tsx'
import { EarlierReports } from './EarlierReports.tsx'
import { ReportFoot } from './ReportFoot.tsx'
import { ReportLine } from './ReportLine.tsx'
import styles from './report.module.css'
import { SafetyList } from './SafetyList.tsx'

function EmptyReport() {
  const normal = useCommand('report.insert')
  return (
    <div className={styles.empty}>
      <p>
        What is dictated falls in here, under the organ that it speaks of, in the words that were said. “Impression”,
        “technique” and “comparison” begin those sections; “new paragraph” and spoken stops are followed.
      </p>
      <Button size="compact-sm" variant="default" disabled={!normal.isEnabled} onClick={normal.run}>
        Insert a template
      </Button>
    </div>
  )
}

/** The report of the study being read, as the dictation writes it. */
export function ReportPanel() {
  const sentences = useRead(selectReport)
  const unreadableCount = useRead((study) => study.report.unreadableCount)
  const aside = (
    <span className={styles.aside}>
      <CommandIcon command="report.measure">
        <IconRuler2 size="1rem" stroke={1.6} />
      </CommandIcon>
      <CommandIcon command="report.insert" data-testid="insert-template">
        <IconTemplate size="1rem" stroke={1.6} />
      </CommandIcon>
      <CommandIcon command="report.templates" data-testid="templates">
        <IconBookmarks size="1rem" stroke={1.6} />
      </CommandIcon>
      <CommandIcon command="report.copy" data-testid="copy-report">
        <IconCopy size="1rem" stroke={1.6} />
      </CommandIcon>
      <CommandIcon command="report.print" data-testid="print-report">
        <IconPrinter size="1rem" stroke={1.6} />
      </CommandIcon>
      <SaveReport command="report.save" name="report" testId="save-dictated-report" />
    </span>
  )
  const foot = (
    <>
      <SafetyList />
      <AddSentence />
      <ReportFoot />
    </>
  )
  return (
    <Region
      title="Report"
      testId="report-panel"
      tabs={<RightTabs />}
      aside={aside}
      head={<EarlierReports />}
      foot={foot}
    >
      {sentences.length === 0 && <EmptyReport />}
      {toSections(sentences).map(({ id, title, paragraphs }) => (
        <section key={id} className={styles.section} aria-label={title} data-testid={`report-${id}`}>
          <h3 className={styles.sectionTitle}>{title}</h3>
          {paragraphs.map((paragraph) => (
            <ul key={paragraph[0].id} className={styles.paragraph}>
              {paragraph.map((sentence) => (
                <ReportLine key={sentence.id} sentence={sentence} place={sentences.indexOf(sentence) + 1} />
              ))}
            </ul>
          ))}
        </section>
      ))}
      {unreadableCount > 0 && (
        <p className={styles.note}>{unreadableCount} more of another version of VoxCT, kept as they are.</p>
      )}
    </Region>
  )
}
