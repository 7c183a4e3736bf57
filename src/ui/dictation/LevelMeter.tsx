import { useEffect, useRef } from 'react'
import { useAppContext } from '../appContext.ts'
import styles from './dictation.module.css'

/** Writes the level straight into the element, 15 times a second, without a render of React. */
export function LevelMeter() {
  const { store } = useAppContext()
  const fill = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const draw = (level: number) => {
      if (fill.current) fill.current.style.transform = `scaleX(${Math.min(1, Math.max(0, level))})`
    }
    draw(store.readout.getState().level)
    return store.readout.subscribe((state) => draw(state.level))
  }, [store])
  return (
    <div className={styles.meter} aria-hidden data-testid="level-meter">
      <div ref={fill} className={styles.meterFill} />
    </div>
  )
}
