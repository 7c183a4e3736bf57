import type { AppContextValue } from '../appContext.ts'
import { collectFiles } from './collectFiles.ts'
import { openOrHear, openPlaced, toPlaced } from './openPlaced.ts'

interface DroppedItems {
  readonly entries: FileSystemEntry[]
  /** Items that the browser gives as files only. */
  readonly files: File[]
}

/** Items must be taken before the drop event ends; afterwards the transfer is empty. */
function takeItems(transfer: DataTransfer): DroppedItems {
  const entries: FileSystemEntry[] = []
  const files: File[] = []
  for (const item of transfer.items) {
    const entry = item.webkitGetAsEntry()
    const file = entry ? null : item.getAsFile()
    if (entry) entries.push(entry)
    if (file) files.push(file)
  }
  return { entries, files }
}

function reportUnreadable(store: AppContextValue['store'], unreadable: readonly string[]): void {
  if (unreadable.length === 0) return
  const named = unreadable.slice(0, 3).join(', ')
  store.notify(
    {
      code: 'drop-unreadable',
      message: `The browser could not read ${unreadable.length} of the dropped files: ${named}`,
      nextStep: 'Check their permissions, or open them with the Open button.',
    },
    'warning',
  )
}

/** Dropped files and folders → a model pack is added, scans are opened, recordings heard. */
export async function takeDrop(transfer: DataTransfer, context: AppContextValue): Promise<void> {
  const { actions, store } = context
  const items = takeItems(transfer)
  const { files, unreadable } = await collectFiles(items.entries)
  reportUnreadable(store, unreadable)
  openOrHear(await openPlaced([...toPlaced(items.files), ...files], context), actions)
}
