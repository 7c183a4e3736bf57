import { Button, Modal } from '@mantine/core'
import { useActions, useApp, useAppContext, useDialogs } from '../appContext.ts'
import { EvaluationTable } from './EvaluationTable.tsx'
import { ModelCard } from './ModelCard.tsx'
import styles from './model.module.css'
import { ProviderChoice } from './ProviderChoice.tsx'

function LoadState() {
  const actions = useActions()
  const phase = useApp((state) => state.model.phase)
  const problem = useApp((state) => state.model.problem)
  return (
    <>
      {problem && (
        <p className={styles.problem} role="alert">
          {problem.message} {problem.nextStep}
        </p>
      )}
      <Button size="xs" variant="default" disabled={phase === 'working'} onClick={() => actions.retryModels()}>
        Load models again
      </Button>
    </>
  )
}

/** What the model is, how good it was measured to be, and where it runs. */
export function ModelPage() {
  const { dialogs } = useAppContext()
  const isOpen = useDialogs((state) => state.open === 'model')
  const title = useApp(({ model }) => [model.packTitle ?? 'Model', model.packVersion].filter(Boolean).join(' '))
  return (
    <Modal opened={isOpen} onClose={() => dialogs.show(null)} title={title} size="48rem">
      <div className={styles.page} data-testid="model-page">
        <p className={styles.disclaimer}>Research and demonstration only. Not for diagnosis.</p>
        <ModelCard />
        <EvaluationTable />
        <ProviderChoice />
        <LoadState />
      </div>
    </Modal>
  )
}
