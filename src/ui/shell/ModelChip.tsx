import { Loader, Tooltip, UnstyledButton } from '@mantine/core'
import { IconAlertTriangle, IconCpu } from '@tabler/icons-react'
import type { ModelState } from '../../state/appState.ts'
import { selectPackTitle } from '../../state/selectors.ts'
import { useApp, useRead } from '../appContext.ts'
import { useCommand } from '../parts/useCommand.ts'
import { formatFraction } from '../text/formatScore.ts'
import { formatDuration } from '../text/formatTime.ts'
import { providerText } from '../text/providerText.ts'
import { PackMenu } from './PackMenu.tsx'
import styles from './topBar.module.css'

function chipText(model: ModelState, encodeMs: number | null): string {
  if (model.phase === 'working') {
    return `${model.progress?.label ?? 'Loading models'} ${formatFraction(model.progress?.fraction ?? null)}`
  }
  if (model.phase === 'failed') return 'Models not loaded'
  if (model.phase === 'idle') return 'No model'
  return [providerText(model), encodeMs === null ? null : formatDuration(encodeMs)].filter(Boolean).join(' · ')
}

function ChipIcon({ phase }: { readonly phase: ModelState['phase'] }) {
  if (phase === 'working') return <Loader size="0.8125rem" />
  if (phase === 'failed') return <IconAlertTriangle size="0.9375rem" color="var(--vx-danger)" />
  return <IconCpu size="0.9375rem" />
}

/** Pack, provider and time of the last encoding; opens the model page. */
function ChipButton() {
  const model = useApp((state) => state.model)
  const encodeMs = useRead((study) => study.findings.encodeMs)
  const { tip, ariaKeys, run } = useCommand('model.page')
  const text = chipText(model, encodeMs)
  const title = useApp(selectPackTitle)
  return (
    <Tooltip label={`${tip}. ${title}, ${model.providerNote}`}>
      <UnstyledButton
        className={styles.chip}
        data-testid="model-chip"
        data-provider={model.ctProvider ?? ''}
        data-phase={model.phase}
        data-pack={model.packId ?? ''}
        data-variant={model.ctEngine?.variant ?? ''}
        aria-label={`Model: ${title} ${text}`}
        aria-keyshortcuts={ariaKeys}
        onClick={run}
      >
        <ChipIcon phase={model.phase} />
        {model.phase === 'ready' && <span className={styles.chipTitle}>{title}</span>}
        <span className={styles.chipText}>{text}</span>
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
