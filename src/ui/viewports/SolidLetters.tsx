import { dot } from '../../domain/geometry/vector.ts'
import { toEye } from '../../domain/solid/solidLook.ts'
import type { Vec3 } from '../../domain/volume/volume.ts'
import { useApp } from '../appContext.ts'
import styles from './solid.module.css'

const SIDES: readonly (readonly [string, Vec3])[] = [
  ['L', [1, 0, 0]],
  ['R', [-1, 0, 0]],
  ['P', [0, 1, 0]],
  ['A', [0, -1, 0]],
  ['H', [0, 0, 1]],
  ['F', [0, 0, -1]],
]

/** A ball with the patient's sides on it, those behind dimmed: how the body is turned. */
export function SolidLetters() {
  const look = useApp((state) => state.view.solid)
  const { normal, up, right } = toEye(look)
  return (
    <svg className={styles.letters} viewBox="-1.4 -1.4 2.8 2.8" aria-hidden>
      <circle r="1" />
      {SIDES.map(([letter, axis]) => {
        const [x, y, depth] = [dot(axis, right), -dot(axis, up), dot(axis, normal)]
        return (
          <text key={letter} x={x} y={y} data-behind={depth < -0.05} dominantBaseline="central" textAnchor="middle">
            {letter}
          </text>
        )
      })}
    </svg>
  )
}
