import { ActionIcon, Tooltip } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { WEIGHTS } from '../../domain/retrieval/query.ts'
import type { QueryPart } from '../../state/appState.ts'
import { selectQueryParts, selectSourceName } from '../../state/querySelectors.ts'
import { useActions, useApp } from '../appContext.ts'
import { formatWeight } from '../text/formatScore.ts'
import styles from './query.module.css'

interface ChipProps {
  readonly part: QueryPart
  readonly at: number
  /** A query has one part at least, and the scan by itself cannot be removed. */
  readonly canRemove: boolean
  /** Of one part it does not matter how much it counts. */
  readonly isAlone: boolean
}

function WeightChoice({ name, part, at }: Omit<ChipProps, 'canRemove' | 'isAlone'> & { readonly name: string }) {
  const actions = useActions()
  return (
    <select
      className={styles.weight}
      aria-label={`Weight of ${name}`}
      title="How much this part counts"
      value={part.weight}
      onChange={(event) => actions.changeQueryPart(at, { weight: Number(event.currentTarget.value) })}
    >
      {WEIGHTS.map((weight) => (
        <option key={weight} value={weight}>
          {formatWeight(weight)}
        </option>
      ))}
    </select>
  )
}

/** One part of the query: like or without, what, how much, and the way to remove it. */
function QueryChip({ part, at, canRemove, isAlone }: ChipProps) {
  const actions = useActions()
  const name = useApp((state) => selectSourceName(state, part.source))
  const turn = part.isWithout ? 'Turn back to like' : 'Turn to without'
  return (
    <li className={styles.chip} data-without={part.isWithout} data-kind={part.source.kind} data-testid="query-part">
      <Tooltip label={`${turn}: ${name}`}>
        <button
          type="button"
          className={styles.turn}
          aria-label={`${part.isWithout ? 'Without' : 'Like'} ${name}. ${turn}`}
          aria-pressed={part.isWithout}
          onClick={() => actions.changeQueryPart(at, { isWithout: !part.isWithout })}
        >
          {part.isWithout ? 'without' : 'like'}
        </button>
      </Tooltip>
      <span className={styles.name} title={name}>
        {name}
      </span>
      {!isAlone && <WeightChoice name={name} part={part} at={at} />}
      {canRemove && (
        <ActionIcon
          variant="subtle"
          color="gray"
          size="1.125rem"
          aria-label={`Remove ${name} from the query`}
          onClick={() => actions.removeQueryPart(at)}
        >
          <IconX size="0.75rem" />
        </ActionIcon>
      )}
    </li>
  )
}

/** What the cases are similar to, part by part. */
export function QueryChips() {
  const parts = useApp(selectQueryParts)
  const canRemove = parts.length > 1 || parts[0]?.source.kind !== 'ct' || parts[0].isWithout
  return (
    <ul className={styles.chips} aria-label="Similar to" data-testid="query-parts">
      {parts.map((part, at) => (
        <QueryChip
          key={JSON.stringify(part.source)}
          part={part}
          at={at}
          canRemove={canRemove}
          isAlone={parts.length === 1}
        />
      ))}
    </ul>
  )
}
