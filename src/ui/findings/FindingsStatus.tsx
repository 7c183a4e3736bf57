import { Button } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import type { Problem } from '../../base/result.ts'
import { useActions, useApp } from '../appContext.ts'
import { WorkProgress } from '../shell/WorkProgress.tsx'
import styles from './findings.module.css'

function Failure({ problem, onRetry }: { readonly problem: Problem; readonly onRetry?: () => void }) {
  return (
    <div className={styles.failure} data-testid="findings-problem" data-code={problem.code}>
      <IconAlertTriangle size="1rem" />
      <div>
        <p>{problem.message}</p>
        <p className={styles.nextStep}>{problem.nextStep}</p>
        {onRetry && (
          <Button size="compact-xs" variant="default" onClick={onRetry}>
            Load models again
          </Button>
        )}
      </div>
    </div>
  )
}

/** What stands between the person and the scores: work under way, a failure of the encoder, or no model. */
export function FindingsStatus() {
  const actions = useActions()
  const phase = useApp((state) => state.findings.phase)
  const progress = useApp((state) => state.findings.progress)
  const problem = useApp((state) => state.findings.problem)
  const modelPhase = useApp((state) => state.model.phase)
  const modelProblem = useApp((state) => state.model.problem)
  const isWaiting = useApp((state) => state.study.current !== null && state.model.phase === 'working')
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
    return <Failure problem={modelProblem} onRetry={() => actions.retryModels()} />
  }
  if (phase === 'failed' && problem) return <Failure problem={problem} />
  if (isWaiting)
    return <p className={styles.status}>The models are loading; the scan is encoded as soon as they are.</p>
  return null
}
