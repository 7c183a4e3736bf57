import { useApp } from '../appContext.ts'
import { Region } from '../shell/Region.tsx'
import { QueryControl } from './QueryControl.tsx'
import { SimilarEntry } from './SimilarEntry.tsx'
import styles from './similar.module.css'

/** What the list answers, in words. */
function QueryLine() {
  const queryLabel = useApp((state) => state.similar.queryLabel)
  const hasCases = useApp((state) => state.similar.cases.length > 0)
  if (!hasCases) return null
  return (
    <p className={styles.query} title={queryLabel} data-testid="similar-query">
      Closest to <strong>{queryLabel}</strong>
    </p>
  )
}

/** The scan's embedding means nothing far from the training data, and so does likeness to it. */
function ForeignLine() {
  const isForeign = useApp(
    ({ findings, similar }) => findings.outOfDistribution !== null && similar.query.kind === 'ct',
  )
  if (!isForeign) return null
  return (
    <p className={styles.foreign}>The scan lies outside what the model was trained on: likeness to it says little.</p>
  )
}

function LibraryLine() {
  const librarySize = useApp((state) => state.similar.librarySize)
  const provenance = useApp((state) => state.similar.labelProvenance)
  if (librarySize === 0) return null
  return (
    <p className={styles.library} title={provenance}>
      {`Library of ${librarySize} cases. Labels: ${provenance}`}
    </p>
  )
}

/** Cases of the library nearest to this CT, to an utterance or to a finding. */
export function SimilarPanel() {
  const cases = useApp((state) => state.similar.cases)
  const openCaseId = useApp((state) => state.study.comparisonCaseId)
  const head = (
    <>
      <ForeignLine />
      <QueryLine />
    </>
  )
  return (
    <Region title="Similar cases" testId="similar-panel" aside={<QueryControl />} head={head} foot={<LibraryLine />}>
      {cases.length === 0 ? (
        <p className={styles.empty}>
          Cases that resemble the scan, or what was said, are listed here once it is encoded.
        </p>
      ) : (
        <ol className={styles.cases}>
          {cases.map((one, index) => (
            <SimilarEntry key={one.id} entry={one} rank={index + 1} isOpen={one.id === openCaseId} />
          ))}
        </ol>
      )}
    </Region>
  )
}
