import { IconAlertTriangle } from '@tabler/icons-react'
import { describeForeign } from '../../domain/findings/foreignness.ts'
import { useRead } from '../appContext.ts'
import { CommandButton } from '../parts/CommandButton.tsx'
import { useCommand } from '../parts/useCommand.ts'
import styles from './findings.module.css'

/** The panel of a scan that the scores do not apply to: why, what works, and the way to see the evidence all the same. */
export function ForeignCard() {
  const reasons = useRead((study) => study.findings.outOfDistribution)
  const isAsked = useRead((study) => study.findings.isEvidenceAsked)
  const { keyText } = useCommand('findings.evidence')
  if (!reasons) return null
  const { title, reasons: sentences, remedy } = describeForeign(reasons)
  const key = keyText === null ? '' : ` (${keyText})`
  return (
    <div className={styles.foreign} role="alert" data-testid="ood-banner">
      <IconAlertTriangle size="1rem" />
      <div>
        <p>
          <strong>{title}</strong>
        </p>
        <p>{[...sentences, isAsked ? 'What is shown below does not apply to this scan.' : remedy].join(' ')}</p>
        <div className={styles.foreignButtons}>
          {!isAsked && (
            <CommandButton command="model.add" size="compact-xs">
              Bring a model
            </CommandButton>
          )}
          <CommandButton command="findings.evidence" size="compact-xs" data-testid="evidence-toggle">
            {isAsked ? `Hide it${key}` : `Show its evidence anyway${key}`}
          </CommandButton>
        </div>
      </div>
    </div>
  )
}
