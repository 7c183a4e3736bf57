import styles from './dictation.module.css'
import { toWaveformPath } from './waveformPath.ts'

/** The sound of an utterance. */
export function Waveform({ peaks }: { readonly peaks: readonly number[] }) {
  return (
    <svg
      className={styles.waveform}
      viewBox={`0 0 ${Math.max(1, peaks.length)} 1`}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      <path d={toWaveformPath(peaks)} vectorEffect="non-scaling-stroke" />
    </svg>
  )
}
