import type { ReportSentence } from '../../domain/dictatedReport/reportEntry.ts'
import { toSections } from '../../domain/dictatedReport/reportText.ts'
import { toNamedNumbers } from '../../domain/measure/measureText.ts'
import type { StudyIdentity } from '../../domain/study/studyIdentity.ts'
import { findSignature, selectReport, selectReportStatus } from '../../state/reportSelectors.ts'
import { useRead } from '../appContext.ts'
import { formatDicomDay, formatMoment } from '../text/formatTime.ts'
import styles from './print.module.css'

/** A key image with its address and what stands under it. */
export interface PrintedImage {
  readonly id: string
  readonly url: string
  readonly title: string
  readonly note: string
}

/** Who and which study, a line each; what the headers do not say is left out. */
const toPersonRows = (identity: StudyIdentity): (readonly [string, string])[] =>
  (
    [
      ['Patient', identity.patientName],
      ['Patient ID', identity.patientId],
      ['Born', identity.birthDate && formatDicomDay(identity.birthDate)],
      ['Sex', identity.sex],
      ['Study of', identity.studyDate && formatDicomDay(identity.studyDate)],
      ['Study', identity.studyDescription],
      ['Accession', identity.accessionNumber],
    ] as const
  ).flatMap(([name, value]) => (value ? [[name, value] as const] : []))

function Person({ isNamed }: { readonly isNamed: boolean }) {
  const identity = useRead(({ study }) => study?.identity ?? null)
  if (!isNamed || !identity) return <p className={styles.unnamed}>Without the identity of the patient.</p>
  return (
    <dl className={styles.person}>
      {toPersonRows(identity).map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}

/** Whether somebody stands behind it, told before its first word. */
function Standing() {
  const status = useRead(selectReportStatus)
  const signedAtMs = useRead((study) => findSignature(study)?.createdAtMs ?? 0)
  if (status === 'signed') return <p className={styles.signed}>Signed {formatMoment(signedAtMs)}</p>
  const text = status === 'amended' ? `Changed since it was signed ${formatMoment(signedAtMs)}` : 'Draft, not signed'
  return <p className={styles.draft}>{text}</p>
}

/** What the model had offered is marked as long as nobody has signed it. */
function Sentence({ sentence, isSigned }: { readonly sentence: ReportSentence; readonly isSigned: boolean }) {
  const isOffered = sentence.origin.by === 'accepted' && !isSigned
  return <>{`${sentence.text}${isOffered ? ' [offered by the model, accepted]' : ''} `}</>
}

function Words() {
  const sentences = useRead(selectReport)
  const isSigned = useRead(selectReportStatus) === 'signed'
  return toSections(sentences).map(({ id, title, paragraphs }) => (
    <section key={id}>
      <h2>{title}</h2>
      {paragraphs.map((paragraph) => (
        <p key={paragraph[0].id}>
          {paragraph.map((sentence) => (
            <Sentence key={sentence.id} sentence={sentence} isSigned={isSigned} />
          ))}
        </p>
      ))}
    </section>
  ))
}

function Measures() {
  const items = useRead((study) => study.measures.items)
  if (items.length === 0) return null
  return (
    <section>
      <h2>Measures</h2>
      <ul className={styles.measures}>
        {items.map(({ measure, values }) => (
          <li key={measure.id}>{toNamedNumbers(measure, values)}</li>
        ))}
      </ul>
    </section>
  )
}

function KeyImages({ images }: { readonly images: readonly PrintedImage[] }) {
  if (images.length === 0) return null
  return (
    <section>
      <h2>Key images</h2>
      <div className={styles.images}>
        {images.map(({ id, url, title, note }) => (
          <figure key={id}>
            <img src={url} alt={title} />
            <figcaption>{note ? `${title}: ${note}` : title}</figcaption>
          </figure>
        ))}
      </div>
    </section>
  )
}

interface PaperProps {
  readonly isNamed: boolean
  readonly images: readonly PrintedImage[]
}

/** The report as it stands on paper. */
export function Paper({ isNamed, images }: PaperProps) {
  return (
    <article className={styles.paper} data-testid="paper">
      <header>
        <h1>CT report</h1>
        <Standing />
        <Person isNamed={isNamed} />
      </header>
      <Words />
      <Measures />
      <KeyImages images={images} />
      <footer>Made with VoxCT {formatMoment(Date.now())}. Research and demonstration only. Not for diagnosis.</footer>
    </article>
  )
}
