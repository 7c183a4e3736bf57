import { Button } from '@mantine/core'
import { useState } from 'react'
import { useRead } from '../appContext.ts'
import styles from './studies.module.css'

/** What a phantom was made with, behind a button: seeing it first would spoil the reading. */
function GroundTruthOf({ text }: { readonly text: string }) {
  const [isShown, setShown] = useState(false)
  return (
    <div className={styles.section}>
      <Button
        size="compact-xs"
        variant="default"
        aria-expanded={isShown}
        data-testid="ground-truth-button"
        onClick={() => setShown(!isShown)}
      >
        {isShown ? 'Hide ground truth' : 'Show ground truth'}
      </Button>
      {isShown && <p className={styles.groundTruth}>{text}</p>}
    </div>
  )
}

export function GroundTruth() {
  const id = useRead((study) => study.study?.id ?? null)
  const text = useRead((study) => study.study?.groundTruth ?? null)
  return text === null ? null : <GroundTruthOf key={id} text={text} />
}
