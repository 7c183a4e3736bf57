import { SegmentedControl } from '@mantine/core'
import type { ModelState } from '../../state/appState.ts'
import { useActions, useApp } from '../appContext.ts'
import styles from './model.module.css'

const PROVIDERS = [
  { value: 'auto', label: 'Automatic' },
  { value: 'webgpu', label: 'WebGPU' },
  { value: 'wasm', label: 'wasm (processor)' },
] satisfies { value: ModelState['providerChoice']; label: string }[]

/** Where the CT encoder runs. Another choice takes over from a load that is under way: a large model takes minutes. */
export function ProviderChoice() {
  const actions = useActions()
  const choice = useApp((state) => state.model.providerChoice)
  return (
    <div className={styles.choice}>
      <span className={styles.dim}>Provider</span>
      <SegmentedControl
        size="xs"
        aria-label="Provider of the CT encoder"
        data={PROVIDERS}
        value={choice}
        onChange={(value) => actions.setProviderChoice(value as ModelState['providerChoice'])}
      />
    </div>
  )
}

/** How exactly the graphs compute; only where the pack has more than one precision. */
export function PrecisionChoice() {
  const actions = useActions()
  const variants = useApp((state) => state.model.variants)
  const choice = useApp((state) => state.model.variantChoice)
  if (variants.length < 2) return null
  const data = [{ value: 'auto', label: 'As the pack prefers' }, ...variants.map((value) => ({ value, label: value }))]
  return (
    <div className={styles.choice}>
      <span className={styles.dim}>Precision</span>
      <SegmentedControl
        size="xs"
        aria-label="Precision of the encoders"
        data={data}
        value={data.some(({ value }) => value === choice) ? choice : 'auto'}
        onChange={(value) => actions.setVariantChoice(value as ModelState['variantChoice'])}
      />
    </div>
  )
}
