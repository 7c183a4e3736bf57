import { Button } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { Problem } from '../../base/result.ts'
import { selectRead } from '../../state/selectors.ts'
import { useActions, useApp, useRead } from '../appContext.ts'
import { CommandButton } from '../parts/CommandButton.tsx'
import { WorkProgress } from '../parts/WorkProgress.tsx'
import styles from './findings.module.css'

/** A pack that does not load leaves the others usable. */
function OtherPacks() {
  const actions = useActions()
  const packs = useApp((state) => state.model.packs)
  const packId = useApp((state) => state.model.packId)
  return packs
    .filter(({ id }) => id !== packId)
    .map(({ id, title }) => (
      <Button key={id} size="compact-xs" variant="default" onClick={() => actions.choosePack(id)}>
        Use {title}
      </Button>
    ))
}

function Failure({ problem, children }: { readonly problem: Problem; readonly children?: ReactNode }) {
  return (
    <div className={styles.failure} data-testid="findings-problem" data-code={problem.code}>
      <IconAlertTriangle size="1rem" />
      <div>
        <p>{problem.message}</p>
        <p className={styles.nextStep}>{problem.nextStep}</p>
        {children && <div className={styles.failureButtons}>{children}</div>}
      </div>
    </div>
  )
}

/** What stands between the person and the scores: work under way, a failure of the encoder, a scan that must not be scored, or no model. */
export function FindingsStatus() {
  const actions = useActions()
  const phase = useRead((study) => study.findings.phase)
  const progress = useRead((study) => study.findings.progress)
  const problem = useRead((study) => study.findings.problem)
  const modelPhase = useApp((state) => state.model.phase)
  const modelProblem = useApp((state) => state.model.problem)
  const isWaiting = useApp((state) => selectRead(state).study !== null && state.model.phase === 'working')
  if (phase === 'working') {
    return (
      <div className={styles.status}>
        <WorkProgress
          key={progress?.label}
          progress={progress}
          onCancel={() => actions.cancelWork()}
          testId="findings-progress"
        />
      </div>
    )
  }
  if (modelPhase === 'failed' && modelProblem) {
    return (
      <Failure problem={modelProblem}>
        <CommandButton command="model.reload" size="compact-xs">
          Load models again
        </CommandButton>
        <OtherPacks />
      </Failure>
    )
  }
  if (phase === 'unscored' && problem) return <Failure problem={problem} />
  if (phase === 'failed' && problem) {
    return (
      <Failure problem={problem}>
        <CommandButton command="findings.encode" size="compact-xs">
          Encode it again
        </CommandButton>
      </Failure>
    )
  }
  if (isWaiting)
    return <p className={styles.status}>The models are loading; the scan is encoded as soon as they are.</p>
  return null
}
