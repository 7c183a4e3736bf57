import { Switch } from '@mantine/core'
import type { RemoteLibraryItem } from '../../state/appState.ts'
import { useActions, useApp } from '../appContext.ts'
import { formatCount } from '../text/formatCount.ts'
import styles from './library.module.css'

const PHASES: Readonly<Record<RemoteLibraryItem['phase'], string | null>> = {
  ready: null,
  away: 'Does not answer: cases of this device are listed alone. It is asked again with the next search.',
  'other-model': 'Its embeddings are of another model than the one in use: it is not asked.',
}

function RemoteEntry({ title, path, url, phase }: RemoteLibraryItem) {
  const actions = useActions()
  const isAgreed = useApp((state) => state.remote.agreed.includes(path))
  const told = isAgreed || phase === 'other-model' ? PHASES[phase] : null
  return (
    <li className={styles.library} data-testid="remote-library">
      <Switch
        size="xs"
        label={`Search ${title}, too`}
        description={`At ${url}`}
        checked={isAgreed}
        onChange={(event) => void actions.agreeToLibrary(path, event.currentTarget.checked)}
      />
      {told && <p className={styles.note}>{told}</p>}
    </li>
  )
}

/** Libraries on a server that this site offers: what is sent to them, said before the reader agrees. */
export function RemoteLibraries() {
  const offered = useApp((state) => state.remote.offered)
  const dimension = useApp((state) => state.remote.dimension)
  if (offered.length === 0) return null
  return (
    <section aria-label="Libraries on this site’s server">
      <p className={styles.note} data-testid="remote-told">
        This site offers to search a library on its server. With each search the embedding of the query is sent (
        {formatCount(dimension)} numbers), which model made it and how many cases are wanted; never an image, a word, a
        name or a filter. An embedding is no picture, but who runs the server can tell from it what the query is like.
        Nothing is sent unless you switch it on, and nothing more once you switch it off.
      </p>
      <ul className={styles.list} aria-label="Libraries on this site’s server">
        {offered.map((one) => (
          <RemoteEntry key={one.path} {...one} />
        ))}
      </ul>
    </section>
  )
}
