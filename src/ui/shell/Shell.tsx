import { selectIsIdle } from '../../state/selectors.ts'
import { isCrosshairShown } from '../../state/viewSetters.ts'
import { useApp } from '../appContext.ts'
import { DropTarget } from '../drop/DropTarget.tsx'
import { HiddenInputs } from '../drop/HiddenInputs.tsx'
import { HelpSheet } from '../help/HelpSheet.tsx'
import { KeysSheet } from '../keys/KeysSheet.tsx'
import { LibrarySheet } from '../library/LibrarySheet.tsx'
import { ModelPage } from '../model/ModelPage.tsx'
import { OwnSheet } from '../own/OwnSheet.tsx'
import { Palette } from '../palette/Palette.tsx'
import { PrintSheet } from '../print/PrintSheet.tsx'
import { TemplatesSheet } from '../templates/TemplatesSheet.tsx'
import { useReturnFocus } from '../useReturnFocus.ts'
import { ColorFilter } from './ColorFilter.tsx'
import { ConfirmSheet } from './ConfirmSheet.tsx'
import { StatusBar } from './StatusBar.tsx'
import styles from './shell.module.css'
import { TopBar } from './TopBar.tsx'
import { Workspace } from './Workspace.tsx'

/** Bars, panels and what lies over them. */
export function Shell() {
  useReturnFocus()
  const isIdle = useApp(selectIsIdle)
  const microphone = useApp((state) => state.microphone.status)
  const hasCrosshair = useApp(isCrosshairShown)
  const isBare = useApp((state) => state.view.isBare)
  const isInverted = useApp((state) => state.view.isInverted)
  const colorMap = useApp((state) => state.view.colorMap)
  const studyPhase = useApp((state) => state.desk.phase)
  return (
    <div
      className={styles.shell}
      data-testid="app-shell"
      data-idle={isIdle}
      data-study-phase={studyPhase}
      data-microphone={microphone}
      data-crosshair={hasCrosshair}
      data-bare={isBare}
      data-inverted={isInverted}
      data-colors={colorMap !== 'grey'}
    >
      {colorMap !== 'grey' && <ColorFilter id={colorMap} isInverted={isInverted} />}
      <TopBar />
      <main className={styles.main} aria-label="Reading">
        <Workspace />
      </main>
      <StatusBar />
      <HiddenInputs />
      <DropTarget />
      <HelpSheet />
      <ModelPage />
      <KeysSheet />
      <OwnSheet />
      <LibrarySheet />
      <PrintSheet />
      <TemplatesSheet />
      <Palette />
      <ConfirmSheet />
    </div>
  )
}
