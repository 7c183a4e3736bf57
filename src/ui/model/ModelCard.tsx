import { useApp } from '../appContext.ts'
import styles from './model.module.css'

/** What the pack's manifest says of itself. */
export function ModelCard() {
  const card = useApp((state) => state.model.card)
  if (!card) return <p className={styles.dim}>No model pack is loaded.</p>
  return (
    <>
      <p className={styles.description}>{card.description}</p>
      <dl className={styles.facts}>
        <dt>Trained on</dt>
        <dd>{card.trainedOn}</dd>
        <dt>Intended use</dt>
        <dd>{card.intendedUse}</dd>
        <dt>Licence</dt>
        <dd>{card.licence}</dd>
        {card.citations.length > 0 && <dt>Cite</dt>}
        {card.citations.map((citation) => (
          <dd key={citation}>{citation}</dd>
        ))}
      </dl>
    </>
  )
}
