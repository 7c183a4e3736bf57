import { readdirSync, readFileSync } from 'node:fs'

/*
 * Memory of a browser's tabs as the kernel counts it (Linux only).
 */

const read = (path: string): string => {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}

const statusMiB = (pid: number, field: 'VmHWM' | 'VmRSS'): number =>
  Number(new RegExp(`${field}:\\s+(\\d+)`).exec(read(`/proc/${pid}/status`))?.[1] ?? 0) / 1024

const parentOf = (pid: number): number => Number(/PPid:\s+(\d+)/.exec(read(`/proc/${pid}/status`))?.[1] ?? 0)

/** Whether the process descends from one that was started with this profile. */
function isOfProfile(pid: number, folder: string): boolean {
  for (let at = pid; at > 1; at = parentOf(at)) if (read(`/proc/${at}/cmdline`).includes(folder)) return true
  return false
}

/** Renderers of the browser that keeps its profile in this folder. */
const listRenderers = (folder: string): number[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => read(`/proc/${pid}/cmdline`).includes('--type=renderer') && isOfProfile(pid, folder))

/** Highest resident memory so far of the largest renderer, which is the tab's, in MiB. */
export const peakMiB = (folder: string): number =>
  Math.max(...listRenderers(folder).map((pid) => statusMiB(pid, 'VmHWM')))

/** Resident memory of that renderer now, in MiB. */
export const presentMiB = (folder: string): number =>
  Math.max(...listRenderers(folder).map((pid) => statusMiB(pid, 'VmRSS')))

/** Memory of all processes of a browser now, what they share counted once (PSS), in MiB. */
export const proportionalMiB = (folder: string): number =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => isOfProfile(pid, folder))
    .reduce((sum, pid) => sum + Number(/^Pss:\s+(\d+)/m.exec(read(`/proc/${pid}/smaps_rollup`))?.[1] ?? 0) / 1024, 0)
