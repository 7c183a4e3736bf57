/** Which tab has a study open: of two, the second is told. */
export interface StudyLocks {
  /**
   * Takes the study for this tab and lets go of the one it had. `onElsewhere(true)` where another tab has it, and
   * `onElsewhere(false)` once it is this tab's.
   */
  take(studyId: string, onElsewhere: (isElsewhere: boolean) => void): void
}

const toLockName = (studyId: string): string => `voxct-study-${studyId}`

/** By Web Locks, which end with their tab; without them (a page that is not served securely) nothing is told. */
export function createStudyLocks(locks: LockManager | undefined = globalThis.navigator?.locks): StudyLocks {
  let letGo = () => {}
  let takenId: string | null = null
  return {
    take(studyId, onElsewhere) {
      if (takenId === studyId) return
      takenId = studyId
      letGo()
      const ending = new AbortController()
      const isLeft = new Promise<void>((resolve) => {
        letGo = () => {
          ending.abort()
          resolve()
        }
      })
      const name = toLockName(studyId)
      const hold = () => {
        if (!ending.signal.aborted) onElsewhere(false)
        return isLeft
      }
      const waitForIt = async () => {
        onElsewhere(true)
        await locks?.request(name, { signal: ending.signal }, hold)
      }
      // A wait that is given up rejects with AbortError, which nobody needs to hear of.
      void locks
        ?.request(name, { ifAvailable: true }, async (lock) => {
          if (lock) return hold()
          if (!ending.signal.aborted) void waitForIt().catch(() => undefined)
        })
        .catch(() => undefined)
    },
  }
}
