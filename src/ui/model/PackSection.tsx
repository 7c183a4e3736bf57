import { useEffect } from 'react'
import { useActions, useApp } from '../appContext.ts'
import { AddPack } from './AddPack.tsx'
import { BundledPackRow, KeptPackRow } from './PackRow.tsx'
import styles from './packs.module.css'
import { UnfinishedPacks } from './UnfinishedPacks.tsx'

/** Packs that the browser keeps for this person. */
function KeptPacks() {
  const packs = useApp((state) => state.model.packs)
  const kept = packs.flatMap((pack) => pack.kept ?? [])
  if (kept.length === 0) return null
  return (
    <section className={styles.group} aria-label="Your models">
      <h4 className={styles.groupTitle}>Yours, kept on this device</h4>
      <ul className={styles.packs} data-testid="kept-packs">
        {kept.map((pack) => (
          <KeptPackRow key={pack.id} pack={pack} />
        ))}
      </ul>
    </section>
  )
}

/** The models, one in use, and the ways to bring another. Changing is a press of its own: it loads and reads again. */
export function PackSection() {
  const actions = useActions()
  const packs = useApp((state) => state.model.packs)
  useEffect(() => actions.refreshPacks(), [actions])
  return (
    <div className={styles.section}>
      <section className={styles.group} aria-label="Bundled models">
        <h4 className={styles.groupTitle}>Bundled with the app</h4>
        <ul className={styles.packs}>
          {packs
            .filter(({ kept }) => !kept)
            .map((pack) => (
              <BundledPackRow key={pack.id} pack={pack} />
            ))}
        </ul>
      </section>
      <KeptPacks />
      <UnfinishedPacks />
      <AddPack />
    </div>
  )
}
