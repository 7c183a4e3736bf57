import styles from './model.module.css'

const WIDTH = 88
const HEIGHT = 12
const MIDDLE = HEIGHT / 2

interface SpanGlyphProps {
  readonly value: number
  readonly chance: number
  readonly interval?: readonly [number, number]
}

const isShare = (value: number): boolean => value >= 0 && value <= 1

/** Value, interval and chance on a line from 0 to 1; nothing for figures of another kind. The numbers stand beside it. */
export function SpanGlyph({ value, chance, interval }: SpanGlyphProps) {
  if (![value, chance, ...(interval ?? [])].every(isShare)) return null
  return (
    <svg className={styles.glyph} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} width={WIDTH} height={HEIGHT} aria-hidden="true">
      <line className={styles.glyphTrack} x1={0} x2={WIDTH} y1={MIDDLE} y2={MIDDLE} />
      <line className={styles.glyphChance} x1={chance * WIDTH} x2={chance * WIDTH} y1={1} y2={HEIGHT - 1} />
      {interval && (
        <line
          className={styles.glyphInterval}
          x1={interval[0] * WIDTH}
          x2={interval[1] * WIDTH}
          y1={MIDDLE}
          y2={MIDDLE}
        />
      )}
      <circle className={styles.glyphValue} cx={value * WIDTH} cy={MIDDLE} r={2.5} />
    </svg>
  )
}
