/** How long a context may take to start before the user is told; without a gesture its `resume` never settles. */
const START_PATIENCE_MS = 1000

const GESTURES = ['pointerdown', 'keydown'] as const

/**
 * Sees to it that the context runs: now, after the next gesture where the browser demands one, and again when the
 * system interrupts it (a phone call on iOS). Resolves once it runs or the first patience is over, with the function
 * that stops watching. `onSuspended(true)` is told once an interruption, `onSuspended(false)` when it runs again.
 */
export async function keepRunning(
  context: AudioContext,
  onSuspended: (suspended: boolean) => void,
  gestureTarget: EventTarget = window,
): Promise<() => void> {
  let told = false
  const resume = () => void context.resume().catch(() => undefined)
  const tell = () => {
    const suspended = context.state !== 'running'
    if (suspended === told) return
    told = suspended
    onSuspended(suspended)
  }
  const stopWaiting = resumeOnGesture(gestureTarget, resume)
  if (context.state !== 'running') {
    resume()
    await waitUntilRunning(context)
    tell()
  }
  context.addEventListener('statechange', tell)
  return () => {
    context.removeEventListener('statechange', tell)
    stopWaiting()
  }
}

function resumeOnGesture(target: EventTarget, resume: () => void): () => void {
  for (const gesture of GESTURES) target.addEventListener(gesture, resume, { capture: true })
  return () => {
    for (const gesture of GESTURES) target.removeEventListener(gesture, resume, { capture: true })
  }
}

function waitUntilRunning(context: AudioContext): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(finish, START_PATIENCE_MS)
    const check = () => {
      if (context.state === 'running') finish()
    }
    function finish() {
      clearTimeout(timer)
      context.removeEventListener('statechange', check)
      resolve()
    }
    context.addEventListener('statechange', check)
    check()
  })
}
