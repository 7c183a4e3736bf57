import { Kbd } from '@mantine/core'
import { isMac } from '../../commands/keys/isMac.ts'
import { toKeyCaps } from '../../commands/keys/showKeys.ts'
import styles from './commands.module.css'

/** A key as its caps: those that are pressed together. */
export function KeyCaps({ name }: { readonly name: string }) {
  return (
    <span className={styles.caps}>
      {toKeyCaps(name, isMac()).map((cap) => (
        <Kbd key={cap} size="xs">
          {cap}
        </Kbd>
      ))}
    </span>
  )
}
