import { UnstyledButton } from '@mantine/core'
import { IconColumns2 } from '@tabler/icons-react'
import type { FindingId } from '../../domain/findings/finding.ts'
import type { SimilarCase } from '../../state/appState.ts'
import { selectIsAtHand, selectIsEvidenceClosed, selectNamesFindings, selectRead } from '../../state/selectors.ts'
import { useActions, useApp } from '../appContext.ts'
import { CommandButton } from '../parts/CommandButton.tsx'
import { useCommonFindings } from '../text/commonFindings.ts'
import { selectAllFindings, selectFindingLabel } from '../text/findingLabel.ts'
import { formatCosine } from '../text/formatScore.ts'
import styles from './similar.module.css'

/** A finding of the case; one that the current case shares says why the two are alike. */
function LabelChip({ id }: { readonly id: FindingId }) {
  const isShared = useApp((state) => selectIsAtHand(state, id))
  const label = useApp((state) => selectFindingLabel(state, id))
  return (
    <span
      className={styles.chip}
      data-finding={id}
      data-shared={isShared}
      title={isShared ? 'Also seen or said here' : undefined}
    >
      {isShared && '✓ '}
      {label}
    </span>
  )
}

type Known = Pick<SimilarCase, 'labels' | 'unlabelled'>

/** What the library says that the case shows. */
function Labels({ labels, unlabelled }: Known) {
  const all = useApp(selectAllFindings)
  const namesFindings = useApp(selectNamesFindings)
  // A model that names no finding may have some of the reader's own.
  if (!namesFindings && !labels?.length) return null
  if (labels === null) return <span className={styles.none}>Its findings are not known</span>
  if (labels.length === 0 && unlabelled.length > 0) return <span className={styles.none}>None of those known</span>
  if (labels.length === 0) return <span className={styles.none}>None of {all}</span>
  return <KnownLabels labels={labels} />
}

/** Those that the study shows, too, come first: they are what the two have in common. */
function KnownLabels({ labels }: { readonly labels: readonly FindingId[] }) {
  const common = useCommonFindings(labels)
  const others = labels.filter((id) => !common.includes(id))
  return (
    <>
      {common.length > 0 && <span className={styles.none}>In common:</span>}
      {common.map((id) => (
        <LabelChip key={id} id={id} />
      ))}
      {others.length > 0 && (
        <span className={styles.none}>{common.length > 0 ? 'Besides:' : 'Nothing in common by name:'}</span>
      )}
      {others.map((id) => (
        <LabelChip key={id} id={id} />
      ))}
    </>
  )
}

/** Of a case of a library on a server. */
function ServerLine({ entry: { server } }: Pick<SimilarEntryProps, 'entry'>) {
  if (server === null) return null
  return (
    <span className={styles.own} data-testid="similar-server">
      {`On the server, in ${server}`}
    </span>
  )
}

/** The small picture of a case; its room is kept while the picture of a phantom is still to be made. */
function Picture({ entry: { thumbnail, seed } }: Pick<SimilarEntryProps, 'entry'>) {
  const made = useApp(({ pictures }) => (seed === null ? undefined : pictures.ofSeed[seed]))
  const url = thumbnail ?? made
  if (!url && seed === null) return null
  return <span className={styles.picture}>{url && <img className={styles.thumbnail} src={url} alt="" />}</span>
}

/** Of a case of the reader's own: in which library it lies. */
function OwnLine({ entry: { library } }: Pick<SimilarEntryProps, 'entry'>) {
  if (library === null) return null
  return (
    <span className={styles.own} data-testid="similar-library">
      {`Yours, in ${library}`}
    </span>
  )
}

const SEXES = { female: 'woman', male: 'man', other: 'other sex' } as const

/** Who the case is, and whether it is somebody who is here already. */
function CaseLine({ entry }: { readonly entry: SimilarCase }) {
  const { sex, ageYears, date, isOwnPatient, samePatientAs } = entry
  const who = [sex && SEXES[sex], ageYears !== null && `${Math.round(ageYears)} years`, date].filter(Boolean)
  const same = isOwnPatient ? 'the patient of this CT' : samePatientAs && `the patient of case ${samePatientAs}`
  if (who.length === 0 && !same) return null
  return (
    <span className={styles.who}>
      {who.join(', ')}
      {same && <span className={styles.same}>{` ${same}`}</span>}
    </span>
  )
}

interface SimilarEntryProps {
  readonly entry: SimilarCase
  readonly rank: number
  readonly isOpen: boolean
}

/** The number behind the rank, for whoever asks. */
function toScoreText({ cosine, chanceCosine }: SimilarCase): string {
  const chance =
    chanceCosine === null ? '' : `; a case of this library drawn by chance has ${formatCosine(chanceCosine)}`
  return `Cosine with the query ${formatCosine(cosine)}${chance}`
}

function EntryText({ entry, rank }: Omit<SimilarEntryProps, 'isOpen'>) {
  return (
    <>
      <span className={styles.line} title={toScoreText(entry)}>
        <span className={styles.rank}>{rank}</span>
        <span className={styles.title}>{entry.title}</span>
        {entry.canOpen && <IconColumns2 className={styles.openMark} size="0.9375rem" aria-hidden />}
      </span>
      <span className={styles.body}>
        <Picture entry={entry} />
        <span className={styles.told}>
          <OwnLine entry={entry} />
          <ServerLine entry={entry} />
          <span className={styles.chips}>
            <Labels labels={entry.labels} unlabelled={entry.unlabelled} />
            <Missing labels={entry.labels} unlabelled={entry.unlabelled} />
          </span>
          <CaseLine entry={entry} />
          {entry.reportExcerpt && <span className={styles.report}>{entry.reportExcerpt}</span>}
          {!entry.canOpen && (
            <span className={styles.path} title={entry.path ?? undefined}>
              {entry.path ? `Not on this server: ${entry.path}` : 'The library does not say where it lies'}
            </span>
          )}
        </span>
      </span>
    </>
  )
}

/** What the study shows and the case does not, as far as the library knows. */
function Missing({ labels, unlabelled }: Known) {
  const isDenied = (id: FindingId) => labels !== null && !labels.includes(id) && !unlabelled.includes(id)
  const missing = useApp((state) =>
    selectRead(state)
      .findings.rows.filter(({ id }) => selectIsAtHand(state, id) && isDenied(id))
      .map(({ id }) => selectFindingLabel(state, id))
      .join(', '),
  )
  return missing ? <span className={styles.none}>Here alone: {missing}</span> : null
}

/** Where the open case and the study are most alike, and the way there. */
function Match({ caseId }: { readonly caseId: string }) {
  const match = useApp((state) => selectRead(state).similar.match)
  const isClosed = useApp(selectIsEvidenceClosed)
  const known = match?.caseId === caseId ? match : null
  if (isClosed) return null
  return (
    <span className={styles.match} data-testid="case-match">
      <CommandButton command="cases.match" size="compact-xs">
        Where they match
      </CommandButton>
      {known && (
        <span>
          slice {known.here.sliceNumber} of {known.here.sliceCount} here, {known.there.sliceNumber} of{' '}
          {known.there.sliceCount} there
        </span>
      )}
    </span>
  )
}

/** One case: a click opens it beside the current study, where the app can reach it. */
export function SimilarEntry({ entry, rank, isOpen }: SimilarEntryProps) {
  const actions = useActions()
  const shared = { 'data-testid': `similar-case-${entry.id}`, 'data-cosine': entry.cosine }
  if (!entry.canOpen)
    return (
      <li className={styles.entry} data-closed {...shared}>
        <EntryText entry={entry} rank={rank} />
      </li>
    )
  return (
    <li>
      {isOpen && <Match caseId={entry.id} />}
      <UnstyledButton
        className={styles.entry}
        aria-pressed={isOpen}
        title={entry.path ? `Open beside this CT: ${entry.path}` : 'Open beside this CT'}
        {...shared}
        onClick={() => (isOpen ? actions.closeComparison() : actions.openSimilarCase(entry.id))}
      >
        <EntryText entry={entry} rank={rank} />
      </UnstyledButton>
    </li>
  )
}
