import type { RemoteState } from '../../state/appState.ts'
import { useApp } from '../appContext.ts'
import { CommandButton } from '../parts/CommandButton.tsx'
import styles from './similar.module.css'

const join = (titles: readonly string[]): string => titles.join(', ')

/** Where searches go besides this device, or could go. */
function toLine({ offered, agreed }: RemoteState): string {
  const titles = (is: (one: RemoteState['offered'][number]) => boolean) =>
    join(offered.filter(is).map(({ title }) => title))
  const isAgreed = ({ path }: RemoteState['offered'][number]) => agreed.includes(path)
  const away = titles((one) => isAgreed(one) && one.phase === 'away')
  const asked = titles((one) => isAgreed(one) && one.phase === 'ready')
  const quiet = titles((one) => !isAgreed(one) && one.phase === 'ready')
  return [
    asked && `Also searched on this site’s server: ${asked}.`,
    away && `${away} does not answer: cases of this device alone.`,
    quiet && `Not searched: ${quiet}, on this site’s server.`,
  ]
    .filter(Boolean)
    .join(' ')
}

/** Of libraries on a server, where this site offers any. */
export function RemoteLine() {
  const line = useApp((state) => toLine(state.remote))
  if (!line) return null
  return (
    <div className={styles.remote} data-testid="remote-line">
      <span className={styles.remoteText}>{line}</span>
      <CommandButton command="library.page" size="compact-xs">
        Libraries…
      </CommandButton>
    </div>
  )
}
