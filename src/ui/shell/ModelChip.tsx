import { Loader, Tooltip, UnstyledButton } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import type { ModelState } from '../../state/appState.ts'
import { selectPackTitle } from '../../state/selectors.ts'
import { useApp, useRead } from '../appContext.ts'
import { useCommand } from '../parts/useCommand.ts'
import { formatFraction } from '../text/formatScore.ts'
import { formatDuration } from '../text/formatTime.ts'
import { providerText } from '../text/providerText.ts'
import { PackMenu } from './PackMenu.tsx'
import styles from './topBar.module.css'

/** What the light says in words, for those who don't see it; null where the light alone is enough on screen. */
function chipText({ phase, progress }: ModelState): string | null {
  if (phase === 'working') return `${progress?.label ?? 'Loading models'} ${formatFraction(progress?.fraction ?? null)}`
  if (phase === 'failed') return 'not loaded'
  return phase === 'idle' ? 'none' : null
}

function ChipIcon({ phase }: { readonly phase: ModelState['phase'] }) {
  if (phase === 'working') return <Loader size="0.8125rem" />
  if (phase === 'failed') return <IconAlertTriangle size="0.9375rem" color="var(--vx-danger)" />
  return <span className={styles.light} data-phase={phase} />
}

/** The model's name and a light: ready, loading or in trouble. How it runs is told on the model page, which it opens, and by its tooltip. */
function ChipButton() {
  const model = useApp((state) => state.model)
  const encodeMs = useRead((study) => study.findings.encodeMs)
  const { tip, ariaKeys, run } = useCommand('model.page')
  const text = chipText(model)
  const how = [providerText(model), encodeMs === null ? null : formatDuration(encodeMs)]
  const title = useApp(selectPackTitle)
  return (
    <Tooltip label={`${tip}. ${[title, ...how, model.providerNote].filter(Boolean).join(' · ')}`}>
      <UnstyledButton
        className={styles.chip}
        data-testid="model-chip"
        data-provider={model.ctProvider ?? ''}
        data-phase={model.phase}
        data-pack={model.packId ?? ''}
        data-variant={model.ctEngine?.variant ?? ''}
        aria-label={`Model: ${title}, ${text ?? 'ready'}`}
        aria-keyshortcuts={ariaKeys}
        onClick={run}
      >
        <ChipIcon phase={model.phase} />
        <span className={styles.chipTitle}>{title || 'Model'}</span>
        {text && <span className={styles.chipText}>{text}</span>}
      </UnstyledButton>
    </Tooltip>
  )
}

/** The model in the bar: how it runs, and which one it is. */
export const ModelChip = () => (
  <div className={styles.model}>
    <ChipButton />
    <PackMenu />
  </div>
)
