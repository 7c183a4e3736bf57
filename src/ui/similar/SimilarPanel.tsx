import { selectNamesFindings } from '../../state/selectors.ts'
import { useApp, useRead } from '../appContext.ts'
import { Region } from '../parts/Region.tsx'
import { formatCount } from '../text/formatCount.ts'
import { QueryControl } from './QueryControl.tsx'
import { SimilarEntry } from './SimilarEntry.tsx'
import styles from './similar.module.css'
import { TypedQuery } from './TypedQuery.tsx'

/** What the list answers, in words. */
function QueryLine() {
  const queryLabel = useRead((study) => study.similar.queryLabel)
  const hasCases = useRead((study) => study.similar.cases.length > 0)
  if (!hasCases) return null
  return (
    <p className={styles.query} title={queryLabel} data-testid="similar-query">
      Closest to <strong>{queryLabel}</strong>
    </p>
  )
}

/** The scan's embedding means nothing far from the training data, and so does likeness to it. */
function ForeignLine() {
  const isForeign = useRead(
    ({ findings, similar }) =>
      findings.outOfDistribution !== null && similar.query.kind === 'ct' && similar.cases.length > 0,
  )
  if (!isForeign) return null
  return (
    <p className={styles.foreign}>The model’s scores do not apply to this scan, and neither does likeness to it.</p>
  )
}

function LibraryLine() {
  const librarySize = useApp((state) => state.model.librarySize)
  const provenance = useApp((state) => state.model.labelProvenance)
  const shown = useRead((study) => study.similar.cases.length)
  const namesFindings = useApp(selectNamesFindings)
  if (librarySize === 0) return null
  const cases = `${formatCount(librarySize)} cases`
  const extent = shown > 0 ? `${shown} of the library’s ${cases}` : `Library of ${cases}`
  return (
    <p className={styles.library} title={provenance}>
      {namesFindings ? `${extent}. Labels: ${provenance}` : `${extent}.`}
    </p>
  )
}

/** Why no case is listed. */
function NoCases() {
  const { isSearching, problem } = useRead((study) => study.similar)
  const librarySize = useApp((state) => state.model.librarySize)
  const isReady = useApp((state) => state.model.phase === 'ready')
  if (problem?.code === 'foreign-scan')
    return (
      <p className={styles.empty} data-testid="similar-foreign">
        {problem.message} {problem.nextStep}
      </p>
    )
  if (problem)
    return (
      <p className={styles.empty} role="alert" data-testid="similar-problem">
        {problem.message} {problem.nextStep}
      </p>
    )
  if (isSearching) return <p className={styles.empty}>{`Searching ${formatCount(librarySize)} cases…`}</p>
  if (isReady && librarySize === 0)
    return (
      <p className={styles.empty}>
        This model brings no cases to compare with: its library is empty. docs/ON-YOUR-ARCHIVE.md tells how scans of
        yours come into it.
      </p>
    )
  return (
    <p className={styles.empty}>Cases that resemble the scan, or what was said, are listed here once it is encoded.</p>
  )
}

/** Cases of the library nearest to this CT, to an utterance, to a finding or to a typed sentence. */
export function SimilarPanel() {
  const cases = useRead((study) => study.similar.cases)
  const openCaseId = useApp((state) => state.desk.comparisonCaseId)
  const head = (
    <>
      <TypedQuery />
      <ForeignLine />
      <QueryLine />
    </>
  )
  return (
    <Region title="Similar cases" testId="similar-panel" aside={<QueryControl />} head={head} foot={<LibraryLine />}>
      {cases.length === 0 ? (
        <NoCases />
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
