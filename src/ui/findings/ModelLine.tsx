import { selectPackTitle } from '../../state/selectors.ts'
import { useApp, useRead } from '../appContext.ts'
import { formatDuration } from '../text/formatTime.ts'
import { providerText } from '../text/providerText.ts'
import styles from './findings.module.css'

/** Which model gave the scores; where it ran and how long it took is in the tooltip and on the model page. */
export function ModelLine() {
  const model = useApp((state) => state.model)
  const title = useApp(selectPackTitle)
  const encodeMs = useRead((study) => study.findings.encodeMs)
  const preprocessMs = useRead((study) => study.findings.preprocessMs)
  if (model.phase !== 'ready') return null
  const parts = [
    title,
    providerText(model),
    model.ctEngine?.variant,
    encodeMs === null ? null : `encoded ${formatDuration(encodeMs)}`,
  ]
  const prepared = preprocessMs === null ? '' : `; the scan was prepared for it in ${formatDuration(preprocessMs)}`
  const text = parts.filter(Boolean).join(' · ')
  return (
    <p className={styles.modelLine} title={`${text}${prepared}`} data-testid="model-line">
      {`By ${title}`}
    </p>
  )
}
