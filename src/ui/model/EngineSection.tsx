import { Button, Group, Table } from '@mantine/core'
import type { EngineInfo } from '../../domain/model/engineInfo.ts'
import { selectLatestUtterance } from '../../state/selectors.ts'
import { useActions, useApp, useRead } from '../appContext.ts'
import { WorkProgress } from '../parts/WorkProgress.tsx'
import { formatDuration, formatMoment } from '../text/formatTime.ts'
import { PrecisionChoice, ProviderChoice } from './EngineChoices.tsx'
import styles from './model.module.css'

interface EngineRowProps {
  readonly name: string
  readonly engine: EngineInfo | null
  readonly encodeMs: number | null
  /** False: the pack brings no such encoder. */
  readonly isInPack?: boolean
}

/** One encoder: where it runs, how exact it is here and how long it takes. */
function EngineRow({ name, engine, encodeMs, isInPack = true }: EngineRowProps) {
  if (!engine) {
    return (
      <Table.Tr>
        <Table.Th scope="row">{name}</Table.Th>
        <Table.Td colSpan={6} className={styles.dim}>
          {isInPack ? 'not loaded' : 'none in this model'}
        </Table.Td>
      </Table.Tr>
    )
  }
  const { provider, variant, threads, adapter, parityCosine, testedAt, loadMs } = engine
  return (
    <Table.Tr>
      <Table.Th scope="row">{name}</Table.Th>
      <Table.Td>{provider === 'webgpu' ? 'WebGPU' : 'wasm'}</Table.Td>
      <Table.Td data-testid="engine-variant">{variant}</Table.Td>
      <Table.Td>{provider === 'webgpu' ? (adapter ?? '–') : threads}</Table.Td>
      <Table.Td ta="right">
        {parityCosine === null ? '–' : parityCosine.toFixed(5)}
        {testedAt !== null && <div className={styles.dim}>{formatMoment(testedAt)}</div>}
      </Table.Td>
      <Table.Td ta="right">{formatDuration(loadMs)}</Table.Td>
      <Table.Td ta="right">{encodeMs === null ? '–' : formatDuration(encodeMs)}</Table.Td>
    </Table.Tr>
  )
}

function EngineTable() {
  const ct = useApp((state) => state.model.ctEngine)
  const speech = useApp((state) => state.model.speechEngine)
  const hasSpeech = useApp((state) => state.model.hasSpeech)
  const ctMs = useRead((study) => study.findings.encodeMs)
  const transcriber = useApp((state) => state.model.transcriberEngine)
  const speechMs = useApp((state) => selectLatestUtterance(state)?.encodeMs ?? null)
  return (
    <Table className={styles.table} data-testid="engine-table">
      <Table.Thead>
        <Table.Tr>
          <Table.Th>Encoder</Table.Th>
          <Table.Th>Provider</Table.Th>
          <Table.Th>Precision</Table.Th>
          <Table.Th>Threads or GPU</Table.Th>
          <Table.Th ta="right">Self-test passed</Table.Th>
          <Table.Th ta="right">Loaded in</Table.Th>
          <Table.Th ta="right">Last run</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        <EngineRow name="CT" engine={ct} encodeMs={ctMs} />
        <EngineRow name="Speech" engine={speech} encodeMs={speechMs} isInPack={hasSpeech} />
        <EngineRow name="Transcript" engine={transcriber} encodeMs={null} isInPack={hasSpeech} />
      </Table.Tbody>
    </Table>
  )
}

/** A self-test of a large model takes as long as an encoding: one that was passed is remembered until something changes. */
function LoadAgain() {
  const actions = useActions()
  const phase = useApp((state) => state.model.phase)
  const problem = useApp((state) => state.model.problem)
  const progress = useApp((state) => state.model.progress)
  return (
    <>
      {problem && (
        <p className={styles.problem} role="alert">
          {problem.message} {problem.nextStep}
        </p>
      )}
      <Group gap="xs">
        <Button size="xs" variant="default" disabled={phase === 'working'} onClick={() => actions.retryModels()}>
          Load models again
        </Button>
        <Button size="xs" variant="default" disabled={phase === 'working'} onClick={() => actions.testModelsAgain()}>
          Test again
        </Button>
      </Group>
      {phase === 'working' && <WorkProgress key={progress?.label} progress={progress} testId="engine-progress" />}
    </>
  )
}

/** Where the encoders run, and the two choices a person has about it. */
export function EngineSection() {
  const provider = useApp((state) => state.model.ctProvider)
  const note = useApp((state) => state.model.providerNote)
  const writer = useApp((state) => state.model.transcriberProgress)
  return (
    <>
      <EngineTable />
      {writer && <WorkProgress key={writer.label} progress={writer} testId="transcriber-progress" />}
      {provider && <p className={styles.dim}>{`CT encoder: ${[provider, note].filter(Boolean).join(' · ')}`}</p>}
      <div className={styles.choices}>
        <ProviderChoice />
        <PrecisionChoice />
      </div>
      <LoadAgain />
    </>
  )
}
