import { Button } from '@mantine/core'
import { useActions, useApp } from '../appContext.ts'
import { formatMegabytes } from '../text/formatScore.ts'
import styles from './model.module.css'

/** The bundled models, one in use. Changing is a press of its own: it loads and reads the scan again. */
export function PackSection() {
  const actions = useActions()
  const packs = useApp((state) => state.model.packs)
  const packId = useApp((state) => state.model.packId)
  const phase = useApp((state) => state.model.phase)
  return (
    <ul className={styles.packs}>
      {packs.map(({ id, title, line, bytes }) => {
        const isUsed = id === packId
        return (
          <li key={id} className={styles.pack} data-used={isUsed}>
            <div className={styles.packText}>
              <strong>{title}</strong>
              <span className={styles.dim}>{line}</span>
            </div>
            <span className={styles.dim}>{bytes === undefined ? '' : formatMegabytes(bytes)}</span>
            {isUsed ? (
              <span className={styles.packUsed}>{phase === 'working' ? 'Loading' : 'In use'}</span>
            ) : (
              <Button size="compact-xs" variant="default" onClick={() => actions.choosePack(id)}>
                Use this model
              </Button>
            )}
          </li>
        )
      })}
    </ul>
  )
}
