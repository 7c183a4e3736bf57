/** How much the browser lets this site keep, and whether it may clear it on its own. */
export interface PackRoom {
  readonly usedBytes: number
  readonly quotaBytes: number
  readonly isPersistent: boolean
}

/** Null where the browser does not tell. */
export async function measureRoom(): Promise<PackRoom | null> {
  try {
    const { usage = 0, quota } = await navigator.storage.estimate()
    if (quota === undefined) return null
    return { usedBytes: usage, quotaBytes: quota, isPersistent: await navigator.storage.persisted() }
  } catch {
    return null
  }
}

/** Asks the browser not to clear what is kept when the disk runs short. It may refuse, or have no answer (null), and nothing depends on it. */
export async function askToPersist(): Promise<boolean | null> {
  try {
    return await navigator.storage.persist()
  } catch {
    return null
  }
}
