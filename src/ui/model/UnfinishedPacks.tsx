import { Button } from '@mantine/core'
import { formatBytes } from '../../base/formatBytes.ts'
import type { UnfinishedPack } from '../../domain/model/keptPack.ts'
import { useActions, useApp, useAppContext } from '../appContext.ts'
import styles from './packs.module.css'
import { RemoveButton } from './RemoveButton.tsx'

/** From an address it goes on by itself; a folder has to be handed over once more. */
function Continue({ origin }: Pick<UnfinishedPack, 'origin'>) {
  const actions = useActions()
  const { inputs } = useAppContext()
  const isAdding = useApp((state) => state.brought.adding !== null)
  const goOn = () => (origin.kind === 'url' ? actions.addPackAddress(origin.url) : inputs.pack.current?.click())
  return (
    <Button size="compact-xs" variant="default" disabled={isAdding} onClick={goOn}>
      {origin.kind === 'url' ? 'Continue' : 'Choose its folder again'}
    </Button>
  )
}

function UnfinishedRow({ pack }: { readonly pack: UnfinishedPack }) {
  const actions = useActions()
  const { id, title, origin, doneBytes, totalBytes } = pack
  const from = origin.kind === 'url' ? origin.url : `the folder ${origin.name}`
  return (
    <li className={styles.pack} data-testid={`unfinished-pack-${id}`}>
      <div className={styles.text}>
        <strong>{title}</strong>
        <span
          className={styles.dim}
        >{`${formatBytes(doneBytes)} of ${formatBytes(totalBytes)} arrived from ${from}`}</span>
      </div>
      <span />
      <div className={styles.buttons}>
        <Continue origin={origin} />
        <RemoveButton
          label="Discard"
          question={`Discard what has arrived of ${title} (${formatBytes(doneBytes)})?`}
          testId={`discard-pack-${id}`}
          onRemove={() => actions.discardPack(id)}
        />
      </div>
    </li>
  )
}

/** Models whose adding was cancelled or broke off. */
export function UnfinishedPacks() {
  const unfinished = useApp((state) => state.brought.unfinished)
  const isAdding = useApp((state) => state.brought.adding !== null)
  if (unfinished.length === 0 || isAdding) return null
  return (
    <section className={styles.group} aria-label="Models that did not arrive whole">
      <h4 className={styles.groupTitle}>Not arrived whole</h4>
      <ul className={styles.packs}>
        {unfinished.map((pack) => (
          <UnfinishedRow key={pack.id} pack={pack} />
        ))}
      </ul>
    </section>
  )
}
