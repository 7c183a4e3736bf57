import type { UnfinishedPack } from '../domain/model/keptPack.ts'

/** A pack on its way into the browser's storage. */
export interface PackAddition {
  readonly title: string
  /** `checking`: what an earlier attempt left is read again. */
  readonly step: 'reading' | 'checking' | 'copying' | 'downloading'
  readonly file: string | null
  /** From 1. */
  readonly fileNumber: number
  readonly fileCount: number
  readonly doneBytes: number
  /** 0 while the manifest is read. */
  readonly totalBytes: number
  readonly bytesPerSecond: number | null
}

/** Packs that a person brings; those that arrived whole are among `model.packs`. */
export interface BroughtState {
  readonly adding: PackAddition | null
  readonly unfinished: readonly UnfinishedPack[]
  /** What the browser lets this site keep; null where it does not tell. */
  readonly room: { readonly usedBytes: number; readonly quotaBytes: number; readonly isPersistent: boolean } | null
}
