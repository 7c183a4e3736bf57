import {
  IconFile,
  IconFolder,
  IconLayoutBottombar,
  IconLayoutSidebar,
  IconListDetails,
  IconLungs,
  IconX,
} from '@tabler/icons-react'
import { Group, Panel, Separator } from 'react-resizable-panels'
import { useApp } from '../appContext.ts'
import { DictationPanel } from '../dictation/DictationPanel.tsx'
import { FindingsPanel } from '../findings/FindingsPanel.tsx'
import { KeyImagesPanel } from '../keyImages/KeyImagesPanel.tsx'
import { MeasuresPanel } from '../measures/MeasuresPanel.tsx'
import { MeasureTools } from '../measures/MeasureTools.tsx'
import { NoticeList } from '../notices/NoticeList.tsx'
import { OverlaysPanel } from '../overlays/OverlaysPanel.tsx'
import { CommandIcon } from '../parts/CommandIcon.tsx'
import { ReportPanel } from '../report/ReportPanel.tsx'
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
        <div className={styles.stage}>
          <MeasureTools />
          <Stage />
          <NoticeList />
        </div>
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

/** The report, or findings above similar cases. */
function RightColumn() {
  const isReport = useApp((state) => state.view.rightPanel === 'report')
  if (isReport) return <ReportPanel />
  return (
    <Group orientation="vertical" className={styles.group} id="right">
      <Panel id="findings" minSize="12rem" defaultSize="70%">
        <div className={styles.findings}>
          <FindingsPanel />
          <MeasuresPanel />
          <KeyImagesPanel />
          <OverlaysPanel />
        </div>
      </Panel>
      <Separator className={styles.rowSeparator} aria-label="Height of the findings panel" />
      <Panel id="similar" minSize="8rem" defaultSize="30%">
        <SimilarPanel />
      </Panel>
    </Group>
  )
}

/** What the folded panels are called up by, beside the views. */
const RAIL = [
  { command: 'panels.studies', Icon: IconLayoutSidebar },
  { command: 'studies.files', Icon: IconFile },
  { command: 'studies.folder', Icon: IconFolder },
  { command: 'studies.demo', Icon: IconLungs },
  { command: 'panels.dictation', Icon: IconLayoutBottombar },
  { command: 'panels.findings', Icon: IconListDetails },
] as const

function Drawer() {
  const drawer = useApp((state) => state.view.drawer)
  if (!drawer) return null
  return (
    <div className={styles.drawer} data-side={drawer === 'studies' ? 'left' : 'right'} data-testid={`drawer-${drawer}`}>
      <CommandIcon command={`panels.${drawer}`} className={styles.drawerClose} aria-label="Close the panel">
        <IconX size="1rem" />
      </CommandIcon>
      <div className={styles.drawerBody}>{drawer === 'studies' ? <StudiesPanel /> : <RightColumn />}</div>
    </div>
  )
}

/** Where there is no room beside the views: a rail of icons, and a drawer over the views. */
function NarrowWorkspace() {
  return (
    <div className={styles.narrow}>
      <nav className={styles.rail} aria-label="Panels and studies">
        {RAIL.map(({ command, Icon }) => (
          <CommandIcon key={command} command={command} size="md">
            <Icon size="1.125rem" stroke={1.6} />
          </CommandIcon>
        ))}
      </nav>
      <div className={styles.narrowCentre}>
        <Centre />
      </div>
      <Drawer />
    </div>
  )
}

/** Wide enough for the longest name of a finding in one line, so that 18 of them fit a screen of 1080 lines. */
const toRightWidth = () => (window.innerWidth >= 1800 ? '26rem' : '22rem')

export function Workspace() {
  return useApp((state) => state.view.isNarrow) ? <NarrowWorkspace /> : <WideWorkspace />
}

/** Studies | views and dictation | findings and similar cases; the panels around the views can be hidden. */
function WideWorkspace() {
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
          defaultSize={toRightWidth()}
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
