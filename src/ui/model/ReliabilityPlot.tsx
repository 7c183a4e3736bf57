import type { ReliabilityBin } from '../../domain/model/manifest.ts'
import { toCalibrationError } from '../../domain/model/reliability.ts'
import { useApp } from '../appContext.ts'
import { formatFigure } from '../text/formatScore.ts'
import styles from './model.module.css'

const SIDE = 168
const LEFT = 34
const TOP = 8
const TICKS = [0, 0.5, 1]

const toX = (share: number): number => LEFT + share * SIDE
const toY = (share: number): number => TOP + (1 - share) * SIDE

function Axes() {
  return (
    <>
      <rect className={styles.plotFrame} x={LEFT} y={TOP} width={SIDE} height={SIDE} />
      <line className={styles.plotDiagonal} x1={toX(0)} y1={toY(0)} x2={toX(1)} y2={toY(1)} />
      {TICKS.map((tick) => (
        <g key={tick} className={styles.plotText}>
          <text x={toX(tick)} y={TOP + SIDE + 13} textAnchor="middle">
            {tick}
          </text>
          <text x={LEFT - 6} y={toY(tick) + 3.5} textAnchor="end">
            {tick}
          </text>
        </g>
      ))}
      <text className={styles.plotText} x={toX(0.5)} y={TOP + SIDE + 27} textAnchor="middle">
        mean probability
      </text>
      <text
        className={styles.plotText}
        x={10}
        y={toY(0.5)}
        textAnchor="middle"
        transform={`rotate(-90 10 ${toY(0.5)})`}
      >
        share with the finding
      </text>
    </>
  )
}

function Curve({ bins }: { readonly bins: readonly ReliabilityBin[] }) {
  const points = bins.map(({ meanProbability, share }) => [toX(meanProbability), toY(share)] as const)
  return (
    <>
      <polyline className={styles.plotCurve} points={points.map((point) => point.join(',')).join(' ')} />
      {points.map(([x, y]) => (
        <circle key={`${x} ${y}`} className={styles.plotPoint} cx={x} cy={y} r={3} />
      ))}
    </>
  )
}

/** How far the probabilities can be taken at their word: on the diagonal they can. */
export function ReliabilityPlot() {
  const bins = useApp((state) => state.model.reliability)
  if (bins.length === 0) return null
  const cases = bins.reduce((sum, { n }) => sum + n, 0)
  const error = formatFigure(toCalibrationError(bins))
  return (
    <figure className={styles.plot} data-testid="reliability-plot">
      <svg
        viewBox={`0 0 ${LEFT + SIDE + 10} ${TOP + SIDE + 32}`}
        width={LEFT + SIDE + 10}
        height={TOP + SIDE + 32}
        role="img"
        aria-label={`Reliability plot in ${bins.length} bins, expected calibration error ${error}`}
      >
        <Axes />
        <Curve bins={bins} />
      </svg>
      <figcaption>
        <p>
          Expected calibration error <strong>{error}</strong>, {bins.length} bins of equal mass,{' '}
          {cases.toLocaleString('en')} probabilities of the internal test.
        </p>
        <p className={styles.dim}>
          On the dashed line a probability means what it says: of the cases given 30 %, 30 % have the finding. Above it
          the model is too cautious, below it too sure.
        </p>
      </figcaption>
    </figure>
  )
}
