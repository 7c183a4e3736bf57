import { Fragment, type ReactNode } from 'react'
import styles from './help.module.css'

export interface KeyRowProps {
  /** Ways to do it, each a key or a movement of the mouse. */
  readonly ways: readonly ReactNode[]
  /** What it does. */
  readonly label: string
  /** What to say for it. */
  readonly said?: string
}

export function KeyRow({ ways, label, said }: KeyRowProps) {
  return (
    <div className={styles.keyRow}>
      <dt>
        {ways.map((way, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the ways of one row never change places
          <Fragment key={index}>{way}</Fragment>
        ))}
      </dt>
      <dd>
        {label}
        {said !== undefined && <span className={styles.said}>{`“${said}”`}</span>}
      </dd>
    </div>
  )
}
