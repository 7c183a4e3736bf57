import { expect, it } from 'vitest'
import { PaneWindows } from './paneWindows.ts'

const LUNG = { widthHu: 1500, centerHu: -600 }
const SOFT = { widthHu: 400, centerHu: 40 }

it('drags the window of a pane that has its own alone, and else the one that all others share', () => {
  const windows = new PaneWindows(LUNG)
  windows.setOwn({ coronal: SOFT })
  expect(windows.drag('coronal', 10, 0)).toEqual([410, 40, 'coronal'])
  expect([windows.of('coronal').widthHu, windows.of('axial')]).toEqual([410, LUNG])
  expect(windows.drag('axial', 0, 10)).toEqual([1500, -562, null])
  expect(windows.drag(null, 0, -10)).toEqual([1500, -599, null])
  windows.share(SOFT)
  windows.setOwn({})
  expect([windows.of('coronal'), windows.of('axial')]).toEqual([SOFT, SOFT])
})
