import { useApp } from '../appContext.ts'
import styles from './model.module.css'

/** What the pack is, what it learned from and what it is for. */
export function AboutSection() {
  const card = useApp((state) => state.model.card)
  if (!card) return null
  return (
    <>
      <p className={styles.description}>{card.description}</p>
      <dl className={styles.facts}>
        <dt>Trained on</dt>
        <dd>{card.trainedOn}</dd>
        <dt>Intended use</dt>
        <dd>{card.intendedUse}</dd>
        <dt>Clinical use</dt>
        <dd>None. It is no medical device, and no score here may guide the care of a person.</dd>
      </dl>
    </>
  )
}

export function LimitsSection() {
  const card = useApp((state) => state.model.card)
  return (
    <ul className={styles.limits}>
      {card?.limits.map((limit) => (
        <li key={limit}>{limit}</li>
      ))}
    </ul>
  )
}

export function SourcesSection() {
  const card = useApp((state) => state.model.card)
  if (!card) return null
  return (
    <dl className={styles.facts}>
      <dt>Licence</dt>
      <dd>{card.licence}</dd>
      {card.citations.length > 0 && <dt>Cite</dt>}
      {card.citations.map((citation) => (
        <dd key={citation}>{citation}</dd>
      ))}
    </dl>
  )
}
