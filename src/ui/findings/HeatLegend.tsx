import { Slider } from '@mantine/core'
import type { AppState } from '../../state/appState.ts'
import { selectRead } from '../../state/selectors.ts'
import { useActions, useApp } from '../appContext.ts'
import { CommandButton } from '../parts/CommandButton.tsx'
import { useCommand } from '../parts/useCommand.ts'
import { selectFindingLabel } from '../text/findingLabel.ts'
import styles from './findings.module.css'

function selectHeatName(state: AppState): string | null {
  const { heat, dictation } = selectRead(state)
  if (!heat) return null
  if ('findingId' in heat) return selectFindingLabel(state, heat.findingId)
  if (heat.kind === 'ct') return 'this CT'
  if (heat.kind === 'text') return `“${heat.text}”`
  const { utteranceId } = heat
  const number = dictation.utterances.findIndex((item) => item.id === utteranceId) + 1
  return number > 0 ? `utterance ${number}` : 'an utterance'
}

/** What the colours over the scan mean, how strong they are, and the way to remove them. */
export function HeatLegend() {
  const actions = useActions()
  const name = useApp(selectHeatName)
  const opacity = useApp((state) => state.view.heatOpacity)
  const { keyText } = useCommand('findings.heat')
  if (name === null) return null
  return (
    <section className={styles.heat} data-testid="heat-legend" aria-label="Heat">
      <div className={styles.heatLine}>
        <span className={styles.heatName}>
          Heat: <strong>{name}</strong>
        </span>
        <CommandButton command="findings.heat" size="compact-xs" data-testid="heat-clear">
          {keyText === null ? 'Clear' : `Clear (${keyText})`}
        </CommandButton>
      </div>
      <div className={styles.heatLine}>
        <span className={styles.heatEnd}>none</span>
        <span className={styles.ramp} title="Share of the score that comes from this place" />
        <span className={styles.heatEnd}>most</span>
        <span className={styles.heatEnd}>Opacity</span>
        <Slider
          className={styles.opacity}
          size="xs"
          min={0}
          max={1}
          step={0.05}
          label={null}
          thumbLabel="Opacity of the heat"
          value={opacity}
          onChange={(value) => actions.setHeatOpacity(value)}
        />
        <span className={styles.heatNumber}>{Math.round(opacity * 100)}%</span>
      </div>
    </section>
  )
}
