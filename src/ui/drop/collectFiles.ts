import type { PlacedFile } from '../../domain/model/packFolder.ts'

/** The parts of the File and Directory Entries API that are used, so that a test can hand in plain objects. */
export interface FileEntryLike {
  readonly isFile: boolean
  readonly isDirectory: boolean
  readonly fullPath: string
  file?(resolve: (file: File) => void, reject: (error: Error) => void): void
  createReader?(): {
    readEntries(resolve: (entries: FileEntryLike[]) => void, reject: (error: Error) => void): void
  }
}

export interface CollectedFiles {
  readonly files: readonly PlacedFile[]
  /** Paths that the browser would not read. */
  readonly unreadable: readonly string[]
}

/** Lists a folder to its end: `readEntries` gives 100 entries at most a call (Chromium), and none when it is through. */
async function listFolder(entry: FileEntryLike): Promise<FileEntryLike[]> {
  const reader = entry.createReader?.()
  if (!reader) return []
  const entries: FileEntryLike[] = []
  for (;;) {
    const batch = await new Promise<FileEntryLike[]>((resolve, reject) => reader.readEntries(resolve, reject))
    if (batch.length === 0) return entries
    entries.push(...batch)
  }
}

async function readEntry(entry: FileEntryLike, files: PlacedFile[], unreadable: string[]): Promise<void> {
  try {
    if (entry.isDirectory) {
      for (const child of await listFolder(entry)) await readEntry(child, files, unreadable)
    } else if (entry.file) {
      const file = await new Promise<File>((resolve, reject) => entry.file?.(resolve, reject))
      files.push({ path: entry.fullPath.replace(/^\//, ''), file })
    }
  } catch {
    unreadable.push(entry.fullPath)
  }
}

/** All files of dropped entries, folders to any depth. One file that cannot be read does not lose the others. */
export async function collectFiles(entries: readonly FileEntryLike[]): Promise<CollectedFiles> {
  const files: PlacedFile[] = []
  const unreadable: string[] = []
  for (const entry of entries) await readEntry(entry, files, unreadable)
  return { files, unreadable }
}

/** Recorders of browsers and phones write sound alone into containers that are named for video. */
const SOUND_TYPE = /^(audio\/|video\/(webm|mp4|ogg|quicktime|3gpp))/
const SOUND_NAME = /\.(wave?|mp3|m4a|m4b|mp4|aac|ogg|oga|ogv|opus|flac|weba|webm|mov|3gp|amr|aiff?|caf|wma)$/i

/** Recordings go to the dictation, everything else is taken for a scan. */
export function splitAudio(files: readonly File[]): { audio: File[]; scans: File[] } {
  const isAudio = (file: File) => SOUND_TYPE.test(file.type) || SOUND_NAME.test(file.name)
  return { audio: files.filter(isAudio), scans: files.filter((file) => !isAudio(file)) }
}
