import { Slider } from '@mantine/core'
import type { AppState, SimilarQuery } from '../../state/appState.ts'
import { selectRead } from '../../state/selectors.ts'
import { useActions, useApp, useRead } from '../appContext.ts'
import { CommandButton } from '../parts/CommandButton.tsx'
import { useCommand } from '../parts/useCommand.ts'
import { selectFindingLabel } from '../text/findingLabel.ts'
import { formatProbability } from '../text/formatScore.ts'
import styles from './findings.module.css'

/** Of what the heat is, or would be where it is withheld. */
const selectHeatQuery = (state: AppState): SimilarQuery | null => {
  const { heat, heatEvidence } = selectRead(state)
  return heat ?? (heatEvidence?.isWithheld ? heatEvidence.query : null)
}

function selectHeatName(state: AppState): string | null {
  const query = selectHeatQuery(state)
  if (!query) return null
  if ('findingId' in query) return selectFindingLabel(state, query.findingId)
  if (query.kind === 'ct') return 'this CT'
  if (query.kind === 'text') return `“${query.text}”`
  if (query.kind === 'place') return 'like the place'
  if (query.kind === 'dictation') return 'the dictation'
  if (query.kind === 'combined') return 'the query'
  const { utteranceId } = query
  const number = selectRead(state).dictation.utterances.findIndex((item) => item.id === utteranceId) + 1
  return number > 0 ? `utterance ${number}` : 'an utterance'
}

/** How much stands behind the heat, which is drawn as strongly. */
function EvidenceText() {
  const evidence = useRead(({ heatEvidence }) => heatEvidence?.evidence ?? null)
  const isForeign = useRead(({ findings }) => findings.outOfDistribution !== null)
  if (isForeign) return <span className={styles.heatDoubt}>does not apply to this scan</span>
  if (!evidence) return <span className={styles.heatEnd}>no probability behind it</span>
  const { probability, threshold } = evidence
  const isBelow = probability < threshold
  return (
    <span className={isBelow ? styles.heatDoubt : styles.heatEnd} data-testid="heat-evidence">
      {`${formatProbability(probability)}${isBelow ? `, below its threshold of ${formatProbability(threshold)}` : ''}`}
    </span>
  )
}

/** There is no heat of what the model does not see, unless it is asked for. */
function Withheld({ name }: { readonly name: string }) {
  const { keyText } = useCommand('findings.heat')
  return (
    <section className={styles.heat} data-testid="heat-withheld" aria-label="Heat">
      <div className={styles.heatLine}>
        <span className={styles.heatName} role="status">
          No heat: <strong>{name}</strong> <EvidenceText />
        </span>
        <CommandButton command="findings.heat" size="compact-xs" data-testid="heat-anyway">
          {keyText === null ? 'Show faintly' : `Show faintly (${keyText})`}
        </CommandButton>
      </div>
    </section>
  )
}

function Opacity() {
  const actions = useActions()
  const opacity = useApp((state) => state.view.heatOpacity)
  return (
    <>
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
    </>
  )
}

/** What the colours over the scan mean, how strong they are, and the way to remove them. */
export function HeatLegend() {
  const name = useApp(selectHeatName)
  const isDrawn = useRead(({ heat }) => heat !== null)
  const style = useApp((state) => state.view.heatStyle)
  const { keyText } = useCommand('findings.heat')
  if (name === null) return null
  if (!isDrawn) return <Withheld name={name} />
  return (
    <section className={styles.heat} data-testid="heat-legend" aria-label="Heat">
      <div className={styles.heatLine}>
        <span className={styles.heatName}>
          Heat: <strong>{name}</strong> <EvidenceText />
        </span>
        <CommandButton command="findings.heatStyle" size="compact-xs" data-testid="heat-style">
          {style === 'fog' ? 'Contours' : 'Fog'}
        </CommandButton>
        <CommandButton command="findings.heat" size="compact-xs" data-testid="heat-clear">
          {keyText === null ? 'Clear' : `Clear (${keyText})`}
        </CommandButton>
      </div>
      <div className={styles.heatLine}>
        <span className={styles.heatEnd}>weak</span>
        <span
          className={styles.ramp}
          title="Evidence from this place: the hottest one is as strong as the finding is probable"
        />
        <span className={styles.heatEnd}>strong</span>
        <Opacity />
      </div>
    </section>
  )
}
