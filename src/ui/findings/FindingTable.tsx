import { type KeyboardEvent, useMemo } from 'react'
import { toUnfolded } from '../../domain/findings/arrangement.ts'
import type { FindingId } from '../../domain/findings/finding.ts'
import { isSaid, selectIsEvidenceClosed, selectNamesFindings, selectSelectedFindingId } from '../../state/selectors.ts'
import { useApp, useRead } from '../appContext.ts'
import { selectAllFindings } from '../text/findingLabel.ts'
import { FindingEntry } from './FindingEntry.tsx'
import { type FilterName, filterRows, searchRows } from './filterRows.ts'
import styles from './findings.module.css'
import { GroupHeading } from './GroupHeading.tsx'
import { type NumberedMention, toNumbered } from './mentions.ts'
import { NamesNothing } from './NamesNothing.tsx'

/** Why a filter shows nothing; `all` names the findings of the pack. */
const NONE_OF_FILTER: Readonly<Record<FilterName, (all: string) => string>> = {
  all: () => '',
  seen: (all) => `The model counts none of ${all} as present.`,
  said: (all) => `Nothing has been said about any of ${all}.`,
  differ: () => 'What was seen and what was said do not differ.',
}

/** Up and down move the focus along rows and fold, over all groups: the list is one tab stop. */
function moveFocus(event: KeyboardEvent<HTMLUListElement>): void {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
  if (step === undefined) return
  const stops = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-roving]')]
  // Below a row lies what was said of it: from there one goes on from that row.
  const from = (event.target as HTMLElement).closest('li')
  const row = stops.findIndex((stop) => stop === event.target || from?.contains(stop))
  stops[row + step]?.focus()
  event.preventDefault()
}

interface FindingTableProps {
  readonly filter: FilterName
  /** Words of a name; empty: all. */
  readonly search: string
}

/** Rows of a filter and a search with what is on view of them. */
function useShownRows({ filter, search }: FindingTableProps) {
  const rows = useRead((study) => study.findings.rows)
  const ofPack = useApp(({ model }) => model.findings)
  const own = useApp((state) => state.own.findings)
  const areOthersShown = useApp(({ view }) => view.areOthersShown)
  const selectedId = useApp(selectSelectedFindingId)
  const isClosed = useApp(selectIsEvidenceClosed)
  // Of a scan that the scores do not apply to there is what was said and what the reader marks, and nothing else.
  const ofFilter = filterRows(isClosed ? rows.filter((row) => isSaid(row) || row.own) : rows, filter)
  const found = searchRows(ofFilter, [...own, ...ofPack], search)
  // Who looks for something by name or by a filter has asked for what is folded.
  const canFold = filter === 'all' && search.trim() === ''
  return {
    ofFilter,
    found,
    shown: toUnfolded(found, areOthersShown || !canFold, selectedId),
    fold: canFold ? areOthersShown : null,
    selectedId,
  }
}

/** What decides each row, by finding; the same lists as long as nothing changes. */
function useMentions(): ReadonlyMap<FindingId, readonly NumberedMention[]> {
  const rows = useRead((study) => study.findings.rows)
  const utterances = useRead(({ dictation }) => dictation.utterances)
  return useMemo(() => new Map(rows.map((row) => [row.id, toNumbered(row, utterances)])), [rows, utterances])
}

const NO_MENTIONS: readonly NumberedMention[] = []

export function FindingTable(props: FindingTableProps) {
  const { filter, search } = props
  const { ofFilter, found, shown, fold, selectedId } = useShownRows(props)
  const isForeign = useRead((study) => study.findings.outOfDistribution !== null)
  const isClosed = useApp(selectIsEvidenceClosed)
  const mentions = useMentions()
  const all = useApp(selectAllFindings)
  const namesFindings = useApp(selectNamesFindings)
  if (ofFilter.length > 0 && found.length === 0)
    return <p className={styles.empty}>{`No finding here is called “${search.trim()}”.`}</p>
  if (found.length === 0 && filter !== 'said' && !namesFindings) return <NamesNothing />
  if (found.length === 0) return <p className={styles.empty}>{NONE_OF_FILTER[filter](all)}</p>
  const tabStop = shown.find((row) => row.id === selectedId) ?? shown.at(0)
  const groups = [...new Set(found.map(({ group }) => group))]
  return (
    <>
      <div className={styles.columns} aria-hidden>
        <span>{isClosed ? 'Finding' : isForeign ? 'Does not apply' : 'Seen'}</span>
        <span className={styles.columnProbability}>{isClosed ? '' : 'Prob.'}</span>
        <span>Said</span>
      </div>
      <ul
        className={styles.rows}
        data-foreign={isForeign}
        data-owns-arrows
        onKeyDown={moveFocus}
        aria-label={isForeign && !isClosed ? 'Findings: what the model sees does not apply to this scan' : 'Findings'}
      >
        {/* One list of all groups, so that a row that changes its group keeps the focus. */}
        {groups.flatMap((group) => [
          (group !== 'ranked' || groups.includes('own')) && (
            <GroupHeading
              key={`group ${group}`}
              group={group}
              count={found.filter((row) => row.group === group).length}
              isOpen={group === 'others' ? fold : null}
            />
          ),
          ...shown
            .filter((row) => row.group === group)
            .map((row) => (
              <FindingEntry
                key={row.id}
                row={row}
                mentions={mentions.get(row.id) ?? NO_MENTIONS}
                isSelected={row.id === selectedId}
                isTabStop={row === tabStop}
              />
            )),
        ])}
      </ul>
    </>
  )
}
