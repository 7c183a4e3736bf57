import { SegmentedControl } from '@mantine/core'
import type { ModelState } from '../../state/appState.ts'
import { useActions, useApp } from '../appContext.ts'
import styles from './model.module.css'

const CHOICES = [
  { value: 'auto', label: 'Automatic' },
  { value: 'webgpu', label: 'WebGPU' },
  { value: 'wasm', label: 'wasm (processor)' },
] satisfies { value: ModelState['providerChoice']; label: string }[]

/** Where the CT encoder runs. */
export function ProviderChoice() {
  const actions = useActions()
  const choice = useApp((state) => state.model.providerChoice)
  const provider = useApp((state) => state.model.ctProvider)
  const note = useApp((state) => state.model.providerNote)
  const isBusy = useApp((state) => state.model.phase === 'working')
  return (
    <section>
      <h3 className={styles.heading}>Where the CT encoder runs</h3>
      <SegmentedControl
        size="xs"
        aria-label="Provider of the CT encoder"
        data={CHOICES}
        value={choice}
        disabled={isBusy}
        onChange={(value) => actions.setProviderChoice(value as ModelState['providerChoice'])}
      />
      {provider && <p className={styles.dim}>{`Now: ${[provider, note].filter(Boolean).join(' · ')}`}</p>}
    </section>
  )
}
