/** Milliseconds since the recording began as a clock: "0:07", "12:40". */
export function formatClock(ms: number): string {
  const seconds = Math.floor(ms / 1000)
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}

/** A day: "22 Nov 2026". */
export const formatDay = (atMs: number): string =>
  new Date(atMs).toLocaleDateString('en-GB', { day: 'numeric', month: 'short', year: 'numeric' })

/** A duration: milliseconds below one second, then seconds with one decimal, then minutes. */
export function formatDuration(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`
  if (ms < 60_000) return `${(ms / 1000).toFixed(1)} s`
  return `${Math.floor(ms / 60_000)} min ${Math.round((ms % 60_000) / 1000)} s`
}

/** An estimate of what is left, no finer than it can be: steps of 5 seconds, above a minute and a half whole minutes. */
export function formatRemaining(ms: number | null | undefined): string {
  if (ms === null || ms === undefined) return ''
  const seconds = ms / 1000
  if (seconds < 5) return 'a few seconds left'
  if (seconds < 90) return `about ${Math.round(seconds / 5) * 5} s left`
  return `about ${Math.round(seconds / 60)} min left`
}

/** Day and time of day where the person is: "22 Nov 2026, 14:05". */
export const formatMoment = (sinceEpochMs: number): string =>
  new Date(sinceEpochMs).toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'short' })

/** 20240611 → 2024-06-11. */
export const formatDicomDay = (date: string): string => date.replace(/^(\d{4})(\d\d)(\d\d)$/, '$1-$2-$3')
