import { Fragment, type ReactNode } from 'react'
import styles from './help.module.css'

/** Ways to do something, each a key or a movement of the mouse, and what it does. */
export function KeyRow({ ways, label }: { readonly ways: readonly ReactNode[]; readonly label: string }) {
  return (
    <div className={styles.keyRow}>
      <dt>
        {ways.map((way, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the ways of one row never change places
          <Fragment key={index}>{way}</Fragment>
        ))}
      </dt>
      <dd>{label}</dd>
    </div>
  )
}
