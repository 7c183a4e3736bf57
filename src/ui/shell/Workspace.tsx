import { Group, Panel, Separator } from 'react-resizable-panels'
import { useApp } from '../appContext.ts'
import { DictationPanel } from '../dictation/DictationPanel.tsx'
import { FindingsPanel } from '../findings/FindingsPanel.tsx'
import { SimilarPanel } from '../similar/SimilarPanel.tsx'
import { StudiesPanel } from '../studies/StudiesPanel.tsx'
import { Stage } from '../viewports/Stage.tsx'
import styles from './shell.module.css'

/** Views above dictation. */
function Centre() {
  const hasDictation = useApp((state) => state.view.panels.dictation)
  return (
    <Group orientation="vertical" className={styles.group} id="centre">
      <Panel id="stage" minSize="14rem">
        <Stage />
      </Panel>
      {hasDictation && <Separator className={styles.rowSeparator} aria-label="Height of the dictation panel" />}
      {hasDictation && (
        <Panel
          id="dictation"
          defaultSize="12.25rem"
          minSize="8.5rem"
          maxSize="20rem"
          groupResizeBehavior="preserve-pixel-size"
        >
          <DictationPanel />
        </Panel>
      )}
    </Group>
  )
}

/** Findings above similar cases. */
function RightColumn() {
  return (
    <Group orientation="vertical" className={styles.group} id="right">
      <Panel id="findings" minSize="12rem" defaultSize="62%">
        <FindingsPanel />
      </Panel>
      <Separator className={styles.rowSeparator} aria-label="Height of the findings panel" />
      <Panel id="similar" minSize="8rem" defaultSize="38%">
        <SimilarPanel />
      </Panel>
    </Group>
  )
}

/** Studies | views and dictation | findings and similar cases; the panels around the views can be hidden. */
export function Workspace() {
  const hasStudies = useApp((state) => state.view.panels.studies)
  const hasFindings = useApp((state) => state.view.panels.findings)
  return (
    <Group orientation="horizontal" className={styles.group} id="workspace">
      {hasStudies && (
        <Panel
          id="studies"
          defaultSize="13.5rem"
          minSize="11rem"
          maxSize="24rem"
          groupResizeBehavior="preserve-pixel-size"
        >
          <StudiesPanel />
        </Panel>
      )}
      {hasStudies && <Separator className={styles.columnSeparator} aria-label="Width of the studies panel" />}
      <Panel id="centre-column" minSize="20rem">
        <Centre />
      </Panel>
      {hasFindings && <Separator className={styles.columnSeparator} aria-label="Width of the findings panel" />}
      {hasFindings && (
        <Panel
          id="right-column"
          defaultSize="22rem"
          minSize="18rem"
          maxSize="36rem"
          groupResizeBehavior="preserve-pixel-size"
        >
          <RightColumn />
        </Panel>
      )}
    </Group>
  )
}
