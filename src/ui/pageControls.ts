import type { PageControls } from '../commands/context.ts'
import type { FileInputs } from './appContext.ts'
import type { DialogStore } from './dialogs.ts'

/** Frames that a panel may take to be there once it is asked for. */
const PANEL_FRAMES = 60

function selectOnceThere(field: FileInputs['typed'], framesLeft = PANEL_FRAMES): void {
  if (field.current) field.current.select()
  else if (framesLeft > 0) requestAnimationFrame(() => selectOnceThere(field, framesLeft - 1))
}

/** What commands ask of the page, done with its inputs and sheets. */
export const createPageControls = (dialogs: DialogStore, inputs: FileInputs): PageControls => ({
  pick: (what) => inputs[what].current?.click(),
  focusTyped: () => selectOnceThere(inputs.typed),
  editText: (utteranceId) => dialogs.edit(utteranceId),
  show: (sheet, part) => dialogs.show(sheet, part),
  toggle: (sheet) => dialogs.toggle(sheet),
  choose: (entryId) => dialogs.choose(entryId),
  confirm: (question, yes, run) => dialogs.confirm(question, yes, run),
})
