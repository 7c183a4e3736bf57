import { UnstyledButton } from '@mantine/core'
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react'
import type { EarlierReport } from '../../domain/report/earlierReport.ts'
import { useActions, useRead } from '../appContext.ts'
import { formatDicomDay } from '../text/formatTime.ts'
import styles from './report.module.css'

/** What it is of, as the list names it. */
function toName({ studyDate, study, isOfThisStudy }: EarlierReport): string {
  const of = isOfThisStudy ? 'this study' : study
  return [formatDicomDay(studyDate), of].filter(Boolean).join(' · ') || 'undated study'
}

/** Who wrote it and when, and whether it was finished. */
function toNote({ author, writtenOn, isComplete }: EarlierReport): string {
  const written = [author && `by ${author}`, formatDicomDay(writtenOn)].filter(Boolean).join(', ')
  return [written && `Written ${written}.`, isComplete ? '' : 'Not finished by its writer.'].filter(Boolean).join(' ')
}

function EarlierText({ report }: { readonly report: EarlierReport }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys
    <article className={styles.earlierText} tabIndex={0} aria-label="Earlier report" data-testid="earlier-text">
      {report.sections.map(({ title, lines }, n) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a report that is read only keeps its order
        <section key={n}>
          {title && <h4>{title}</h4>}
          {lines.map((line, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the same
            <p key={at}>{line}</p>
          ))}
        </section>
      ))}
      <p className={styles.earlierNote}>{toNote(report)}</p>
    </article>
  )
}

/** Earlier reports of the same patient over the one being dictated, one of them unfolded to be read; none where there is none. */
export function EarlierReports() {
  const { openEarlierReport } = useActions()
  const earlier = useRead((study) => study.report.earlier)
  const openId = useRead((study) => study.report.openEarlierId)
  if (earlier.length === 0) return null
  return (
    <section className={styles.earlier} aria-label="Earlier reports" data-testid="earlier-reports">
      <ul className={styles.earlierList}>
        {earlier.map((report) => {
          const isOpen = report.id === openId
          const Icon = isOpen ? IconChevronDown : IconChevronRight
          return (
            <li key={report.id}>
              <UnstyledButton
                className={styles.earlierHead}
                aria-expanded={isOpen}
                data-testid="earlier-report"
                onClick={() => openEarlierReport(isOpen ? null : report.id)}
              >
                <Icon size="0.875rem" />
                <span>Earlier report</span>
                <span className={styles.earlierName}>{toName(report)}</span>
              </UnstyledButton>
              {isOpen && <EarlierText report={report} />}
            </li>
          )
        })}
      </ul>
    </section>
  )
}
