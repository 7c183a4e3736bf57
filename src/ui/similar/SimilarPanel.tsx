import { Button, VisuallyHidden } from '@mantine/core'
import { asksFor } from '../../domain/retrieval/query.ts'
import type { QuerySource } from '../../state/appState.ts'
import { selectIsFiltered } from '../../state/querySelectors.ts'
import { selectNamesFindings } from '../../state/selectors.ts'
import { useActions, useApp, useRead } from '../appContext.ts'
import { Region } from '../parts/Region.tsx'
import { formatCount } from '../text/formatCount.ts'
import { QueryActions } from './QueryActions.tsx'
import { QueryChips } from './QueryChips.tsx'
import { RemoteLine } from './RemoteLine.tsx'
import { SimilarEntry } from './SimilarEntry.tsx'
import styles from './similar.module.css'
import { TypedQuery } from './TypedQuery.tsx'

const isOfScan = ({ kind }: QuerySource): boolean => kind === 'ct' || kind === 'place'

/** What the list answers, in words: told by a screen reader when it changes; the chips say it to the eye. */
function QueryLine() {
  const queryLabel = useRead((study) => study.similar.queryLabel)
  const hasCases = useRead((study) => study.similar.cases.length > 0)
  if (!hasCases) return null
  return (
    <VisuallyHidden role="status" data-testid="similar-query">
      Closest to <strong>{queryLabel}</strong>
    </VisuallyHidden>
  )
}

/** The scan's embedding means nothing far from the training data, and so does likeness to it. */
function ForeignLine() {
  const isForeign = useRead(
    ({ findings, similar }) =>
      findings.outOfDistribution !== null && similar.cases.length > 0 && asksFor(similar.query, isOfScan),
  )
  if (!isForeign) return null
  return (
    <p className={styles.foreign}>The model’s scores do not apply to this scan, and neither does likeness to it.</p>
  )
}

/** They were asked for though nothing is alike. */
function DespiteLine() {
  const isDespite = useRead(({ similar }) => similar.isDespite)
  if (!isDespite) return null
  return <p className={styles.foreign}>The nearest of the library. Nothing is alike: their likeness says little.</p>
}

function LibraryLine() {
  const ownSize = useApp((state) => state.model.librarySize)
  // With the reader's own libraries, once they were searched.
  const librarySize = useRead((study) => study.similar.librarySize) || ownSize
  const provenance = useApp((state) => state.model.labelProvenance)
  const filteredOut = useRead((study) => study.similar.filteredOut)
  const shown = useRead((study) => study.similar.cases.length)
  const namesFindings = useApp(selectNamesFindings)
  if (librarySize === 0) return null
  const cases = `${formatCount(librarySize)} cases`
  const left = filteredOut > 0 ? `, ${formatCount(filteredOut)} nearer ones left out` : ''
  const extent = shown > 0 ? `${shown} of the library’s ${cases}${left}` : `Library of ${cases}${left}`
  return (
    <p className={styles.library} title={provenance}>
      {namesFindings ? `${extent}. Labels: ${provenance}` : `${extent}.`}
    </p>
  )
}

function Foot() {
  return (
    <>
      <LibraryLine />
      <RemoteLine />
    </>
  )
}

/** Of a scan some case is always the nearest; of words that say nothing not even that. */
function ListDespite() {
  const actions = useActions()
  const isAsked = useRead(({ similar }) => asksFor(similar.query, isOfScan))
  if (!isAsked) return null
  return (
    <Button size="compact-xs" variant="default" mt="xs" onClick={() => actions.listDespite()}>
      List the nearest all the same
    </Button>
  )
}

/** Why no case is listed. */
function NoCases() {
  const { isSearching, problem } = useRead((study) => study.similar)
  const librarySize = useApp((state) => state.model.librarySize)
  const isFiltered = useApp(selectIsFiltered)
  const isReady = useApp((state) => state.model.phase === 'ready')
  if (problem?.code === 'foreign-scan')
    return (
      <p className={styles.empty} data-testid="similar-foreign">
        {problem.message} {problem.nextStep}
      </p>
    )
  if (problem)
    return (
      <div className={styles.empty} role="alert" data-testid="similar-problem">
        {problem.message} {problem.nextStep}
        {problem.code === 'nothing-alike' && <ListDespite />}
      </div>
    )
  if (isSearching) return <p className={styles.empty}>{`Searching ${formatCount(librarySize)} cases…`}</p>
  if (isFiltered) return <p className={styles.empty}>No case of the library passes the filter.</p>
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
      <QueryChips />
      <ForeignLine />
      <DespiteLine />
      <QueryLine />
    </>
  )
  return (
    <Region title="Similar cases" testId="similar-panel" aside={<QueryActions />} head={head} foot={<Foot />}>
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
