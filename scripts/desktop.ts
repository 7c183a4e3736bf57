import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/**
 * Whether a browser can be opened for the person who runs the command: macOS and Windows have a desktop, Linux where a
 * display is named and `xdg-open` is on the path.
 */
export function canOpenBrowser(platform: NodeJS.Platform, env: Readonly<Record<string, string | undefined>>): boolean {
  if (platform === 'darwin' || platform === 'win32') return true
  if (!env.DISPLAY && !env.WAYLAND_DISPLAY) return false
  return (env.PATH ?? '').split(delimiter).some((folder) => folder !== '' && isExecutable(join(folder, 'xdg-open')))
}
