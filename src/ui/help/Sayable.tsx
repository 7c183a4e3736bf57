import { isMac } from '../../commands/keys/isMac.ts'
import { workingKeysOf } from '../../commands/keys/keymap.ts'
import { toKeyText } from '../../commands/keys/showKeys.ts'
import { toExamples } from '../../commands/spoken.ts'
import { COMMANDS, findEntry, groupEntries } from '../../commands/table.ts'
import { useApp } from '../appContext.ts'
import styles from './help.module.css'

/** What can be said in this moment: the phrases of every command that would do something, its key beside it. */
export function Sayable() {
  const state = useApp((whole) => whole)
  const possible = COMMANDS.filter((command) => command.phrases && command.when(state)).map(({ id }) => findEntry(id))
  const leading = state.voice.leadingWord
  return (
    <div data-testid="sayable">
      <p className={styles.intro}>
        Hold the command key, turn command mode on
        {leading === '' ? '' : `, or begin with “${leading}”`} and say one of these, or much the same. What stands in
        braces is yours to fill: “slab ten millimetres”, “slice one twenty”.
      </p>
      <div className={styles.groups}>
        {groupEntries(possible).map(({ group, entries }) => (
          <section key={group} className={styles.group}>
            <h3 className={styles.groupTitle}>{group}</h3>
            <ul className={styles.phrases}>
              {entries.map(({ id, title, command }) => {
                const [key] = workingKeysOf(findEntry(id), state.keys)
                return (
                  <li key={id} title={title}>
                    {toExamples(command).slice(0, 2).join(' · ')}
                    {key !== undefined && <span className={styles.said}>{toKeyText(key, isMac())}</span>}
                  </li>
                )
              })}
            </ul>
          </section>
        ))}
      </div>
    </div>
  )
}
