import { Kbd } from '@mantine/core'
import styles from './help.module.css'

/** Keys that are pressed together, and what they do. */
export function KeyRow({ shown, label }: { readonly shown: readonly string[]; readonly label: string }) {
  return (
    <div className={styles.keyRow}>
      <dt>
        {shown.map((key) => (
          <Kbd key={key} size="xs">
            {key}
          </Kbd>
        ))}
      </dt>
      <dd>{label}</dd>
    </div>
  )
}
