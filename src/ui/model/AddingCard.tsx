import { useApp, useDialogs } from '../appContext.ts'
import { AddingProgress } from './AddingProgress.tsx'
import styles from './addingCard.module.css'

/** While a model arrives and the model page is closed, its progress stands among the notices. */
export function AddingCard() {
  const adding = useApp((state) => state.brought.adding)
  const isOnPage = useDialogs((state) => state.open === 'model')
  if (!adding || isOnPage) return null
  return (
    <div className={styles.card}>
      <AddingProgress adding={adding} />
    </div>
  )
}
