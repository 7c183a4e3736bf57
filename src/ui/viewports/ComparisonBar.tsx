import { ActionIcon, Popover } from '@mantine/core'
import { IconInfoCircle, IconLink, IconUnlink, IconX } from '@tabler/icons-react'
import type { FindingId } from '../../domain/findings/finding.ts'
import { selectComparison } from '../../state/selectors.ts'
import { useApp, useRead } from '../appContext.ts'
import { CommandIcon } from '../parts/CommandIcon.tsx'
import { useCommonFindings } from '../text/commonFindings.ts'
import { selectAllFindings, useFindingLabel } from '../text/findingLabel.ts'
import { formatCosine } from '../text/formatScore.ts'
import styles from './stage.module.css'

/** What the library and the phantom's maker say of the case. */
function CaseDetails({ title, cosine }: { readonly title: string; readonly cosine: number | null }) {
  const caseId = useApp((state) => state.desk.comparisonCaseId)
  const labels = useRead((study) => study.similar.cases.find((one) => one.id === caseId)?.labels)
  const provenance = useApp((state) => state.model.labelProvenance)
  const groundTruth = useApp((state) => selectComparison(state)?.groundTruth ?? null)
  const all = useApp(selectAllFindings)
  const toLabel = useFindingLabel()
  return (
    <Popover width="22rem" position="bottom-end" shadow="md" withinPortal>
      <Popover.Target>
        <ActionIcon variant="subtle" color="gray" aria-label={`About ${title}`}>
          <IconInfoCircle size="1rem" />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown>
        {labels && <p>Labels: {labels.length === 0 ? `none of ${all}` : labels.map(toLabel).join(', ')}</p>}
        {provenance && <p>Where the labels come from: {provenance}</p>}
        {groundTruth && <p>{groundTruth}</p>}
        {cosine !== null && <p>Cosine with the query: {formatCosine(cosine)}</p>}
      </Popover.Dropdown>
    </Popover>
  )
}

function LinkButton() {
  const isLinked = useApp((state) => state.view.isScrollLinked)
  return (
    <CommandIcon command="cases.link" aria-pressed={isLinked} data-testid="scroll-link">
      {isLinked ? <IconLink size="1rem" /> : <IconUnlink size="1rem" />}
    </CommandIcon>
  )
}

/** Why it is here: what both show. */
function InCommon({ labels }: { readonly labels: readonly FindingId[] }) {
  const common = useCommonFindings(labels)
  const toLabel = useFindingLabel()
  if (common.length === 0) return null
  const text = `In common: ${common.map(toLabel).join(', ')}`
  return (
    <span className={styles.barNumber} title={text} data-testid="comparison-common">
      {text}
    </span>
  )
}

/** Title bar of the similar case. */
export function ComparisonBar() {
  // While another case is opened, the one that lies here keeps its name.
  const caseId = useApp(({ desk }) => desk.comparisonCaseId ?? desk.openingCaseId)
  const opened = useApp((state) => selectComparison(state)?.title)
  const listed = useRead((study) => study.similar.cases.find((one) => one.id === caseId))
  const title = opened ?? listed?.title ?? ''
  return (
    <div className={styles.bar} data-kind="comparison">
      <span className={styles.barKind}>Similar case</span>
      <span className={styles.barTitle} data-testid="comparison-title" title={title}>
        {title}
      </span>
      <InCommon labels={listed?.labels ?? []} />
      <CaseDetails title={title} cosine={listed?.cosine ?? null} />
      <LinkButton />
      <CommandIcon command="cases.close" data-testid="comparison-close">
        <IconX size="1rem" />
      </CommandIcon>
    </div>
  )
}
