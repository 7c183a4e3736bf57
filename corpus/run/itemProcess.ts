import { decodeInNode } from '../../src/viewer/dicom/testing/nodeDecoder.ts'
import { readItem } from './expectation.ts'
import { judgeItem } from './judgeItem.ts'
import { openDrop } from './openItem.ts'

/*
 * The process that items are opened in: told an id, it answers with the judgement. It is ended from without when it
 * takes too long or too much.
 */

// Codecs print what they think of a frame.
console.log = () => undefined
console.warn = () => undefined

process.on('message', async (id: string) => {
  try {
    const item = readItem(id)
    const startedAt = performance.now()
    const drop = await openDrop(item.contents, decodeInNode)
    const milliseconds = performance.now() - startedAt
    process.send?.({ ...judgeItem(item, drop), milliseconds, peakBytes: process.resourceUsage().maxRSS * 1024 })
  } catch (thrown) {
    const reason = thrown instanceof Error ? `${thrown.message} ${thrown.stack?.split('\n')[1] ?? ''}` : String(thrown)
    process.send?.({
      verdict: 'crashed',
      reason,
      nameless: [],
      milliseconds: 0,
      peakBytes: process.resourceUsage().maxRSS * 1024,
    })
  }
})

process.send?.('ready')
