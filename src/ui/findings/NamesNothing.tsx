import { useApp, useRead } from '../appContext.ts'
import { useCommand } from '../parts/useCommand.ts'
import styles from './findings.module.css'

/** Where the scans lie that look like this one. */
function Likeness() {
  const isRead = useRead(({ findings }) => findings.phase === 'ready')
  const { librarySize, textPhase, isGuarded } = useApp(({ model }) => model)
  const { keyText } = useCommand('cases.placeTool')
  const hasLibrary = librarySize > 0
  return (
    <p>
      {hasLibrary &&
        `${isRead ? 'Below are' : 'Once a scan is encoded, below are'} the scans of its library that look most like it.`}
      {!hasLibrary &&
        'Its library is empty: once scans of yours are in it, those that look most like this one are listed below.'}
      {hasLibrary &&
        ` For places alike, ${keyText === null ? 'choose the tool for places' : `press ${keyText}`} and click one.`}
      {textPhase === 'ready' && ' A typed sentence finds scans, too.'}
      {!isGuarded && ' Nothing checks whether a scan is one the model knows.'}
    </p>
  )
}

/** What a pack without findings can do with a scan, what it cannot, and how findings come to be named. */
export function NamesNothing() {
  return (
    <div className={`${styles.empty} ${styles.namesNothing}`} data-testid="names-nothing">
      <p>
        <strong>This model names no finding.</strong> It compares scans and places in them, so there is no list to read
        here and no probability. An empty panel does not mean that the scan is normal.
      </p>
      <Likeness />
      <p>
        To have findings named, teach them by example with the button above, or align the model with the reports or
        labels of your own archive: docs/ON-YOUR-ARCHIVE.md leads there, on your own computer.
      </p>
    </div>
  )
}
