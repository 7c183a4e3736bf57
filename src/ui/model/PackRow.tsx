import { Button } from '@mantine/core'
import { formatBytes } from '../../base/formatBytes.ts'
import type { KeptPack, OfferedPack } from '../../domain/model/keptPack.ts'
import { useActions, useApp } from '../appContext.ts'
import { formatDay } from '../text/formatTime.ts'
import styles from './packs.module.css'
import { RemoveButton } from './RemoveButton.tsx'

/** Says that the model is in use, or changes to it. */
function UsePack({ id }: { readonly id: string }) {
  const actions = useActions()
  const isUsed = useApp((state) => state.model.packId === id)
  const phase = useApp((state) => state.model.phase)
  if (isUsed && phase === 'failed') return <span className={styles.failed}>Not loaded</span>
  if (isUsed) return <span className={styles.used}>{phase === 'working' ? 'Loading' : 'In use'}</span>
  return (
    <Button size="compact-xs" variant="default" onClick={() => actions.choosePack(id)}>
      Use this model
    </Button>
  )
}

export function BundledPackRow({ pack: { id, title, line, bytes } }: { readonly pack: OfferedPack }) {
  const isUsed = useApp((state) => state.model.packId === id)
  return (
    <li className={styles.pack} data-used={isUsed}>
      <div className={styles.text}>
        <strong>{title}</strong>
        <span className={styles.dim}>{line}</span>
      </div>
      <span className={styles.bytes}>{bytes === undefined ? '' : formatBytes(bytes)}</span>
      <div className={styles.buttons}>
        <UsePack id={id} />
      </div>
    </li>
  )
}

/** A model that a person brought: whose it is, since when and how large, and the way to be rid of it. */
export function KeptPackRow({ pack }: { readonly pack: KeptPack }) {
  const actions = useActions()
  const { id, title, version, licence, bytes, addedAtMs } = pack
  const isUsed = useApp((state) => state.model.packId === id)
  return (
    <li className={styles.pack} data-used={isUsed} data-testid={`kept-pack-${id}`}>
      <div className={styles.text}>
        <span>
          <strong>{title}</strong> <span className={styles.mark}>yours</span>
        </span>
        <span className={styles.dim}>{`Version ${version} · added ${formatDay(addedAtMs)}`}</span>
        <span className={styles.dim}>{`Licence: ${licence}`}</span>
      </div>
      <span className={styles.bytes}>{formatBytes(bytes)}</span>
      <div className={styles.buttons}>
        <UsePack id={id} />
        <RemoveButton
          label="Remove"
          question={`Remove ${title} (${formatBytes(bytes)}) from this device?`}
          testId={`remove-pack-${id}`}
          onRemove={() => actions.removePack(id)}
        />
      </div>
    </li>
  )
}
