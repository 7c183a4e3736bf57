import type { Page } from '@playwright/test'

/** A row of the dictation as version 0.3.0 wrote it: without a version, under an id that holds the file's name. */
export const toOldRow = (id: string, studyId: string, samples: readonly number[]) => ({
  id,
  studyId,
  createdAtMs: 1_760_000_000_000,
  audio: samples,
  startMs: 0,
  endMs: samples.length / 16,
  source: 'microphone',
  transcript: 'there is a hiatal hernia',
  said: [{ findingId: 'hiatal_hernia', status: 'present', margin: 0.9 }],
  place: null,
})

type OldRow = ReturnType<typeof toOldRow>

/** Makes the database of version 0.3.0 in a browser in which this app has not been yet. */
export async function writeOldDatabase(page: Page, origin: string, rows: readonly OldRow[]): Promise<void> {
  // A page of the origin without the app, which would open the database first.
  await page.goto(`${origin}/models/packs.json`)
  await page.evaluate(async (old) => {
    const opening = indexedDB.open('voxct', 10)
    opening.onupgradeneeded = () => {
      opening.result.createObjectStore('utterances', { keyPath: 'id' }).createIndex('studyId', 'studyId')
      opening.result.createObjectStore('settings', { keyPath: 'name' })
    }
    await new Promise((resolve, reject) => {
      opening.onsuccess = resolve
      opening.onerror = reject
    })
    const writing = opening.result.transaction('utterances', 'readwrite')
    for (const row of old) writing.objectStore('utterances').put({ ...row, audio: Int16Array.from(row.audio) })
    await new Promise((resolve) => {
      writing.oncomplete = resolve
    })
    opening.result.close()
  }, rows)
}

/** What is kept of a store of the database: every row as it lies there, arrays of samples as their lengths. */
export async function readStore(page: Page, store: 'utterances' | 'studies'): Promise<Record<string, unknown>[]> {
  return page.evaluate(async (name) => {
    const opening = indexedDB.open('voxct')
    await new Promise((resolve) => {
      opening.onsuccess = resolve
    })
    const reading = opening.result.transaction(name).objectStore(name).getAll()
    await new Promise((resolve) => {
      reading.onsuccess = resolve
    })
    opening.result.close()
    return reading.result.map((row) => ({ ...row, ...(row.audio && { audio: row.audio.length }) }))
  }, store)
}

/** Puts a row into the dictation beside the app's own. */
export async function putRow(page: Page, row: Record<string, unknown>): Promise<void> {
  await page.evaluate(async (put) => {
    const opening = indexedDB.open('voxct')
    await new Promise((resolve) => {
      opening.onsuccess = resolve
    })
    const writing = opening.result.transaction('utterances', 'readwrite')
    writing.objectStore('utterances').put(put)
    await new Promise((resolve) => {
      writing.oncomplete = resolve
    })
    opening.result.close()
  }, row)
}
