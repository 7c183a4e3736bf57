import { chmodSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { canOpenBrowser } from './desktop.ts'

/** A folder with a file `xdg-open` of this mode. */
function makePath(mode: number): string {
  const folder = mkdtempSync(join(tmpdir(), 'voxct-desktop-'))
  writeFileSync(join(folder, 'xdg-open'), '#!/bin/sh\n')
  chmodSync(join(folder, 'xdg-open'), mode)
  return folder
}

it('opens a browser on macOS and Windows, which always have a desktop', () => {
  expect(canOpenBrowser('darwin', {})).toBe(true)
  expect(canOpenBrowser('win32', {})).toBe(true)
})

it('opens a browser on Linux where a display is named and xdg-open is there', () => {
  const folder = makePath(0o755)
  expect(canOpenBrowser('linux', { DISPLAY: ':0', PATH: `/nowhere:${folder}` })).toBe(true)
  expect(canOpenBrowser('linux', { WAYLAND_DISPLAY: 'wayland-0', PATH: folder })).toBe(true)
})

it('opens none on a server without a display, or without xdg-open to open it', () => {
  expect(canOpenBrowser('linux', { PATH: makePath(0o755) })).toBe(false)
  expect(canOpenBrowser('linux', { DISPLAY: '', PATH: makePath(0o755) })).toBe(false)
  expect(canOpenBrowser('linux', { DISPLAY: ':0', PATH: '/nowhere' })).toBe(false)
  expect(canOpenBrowser('linux', { DISPLAY: ':0' })).toBe(false)
})
