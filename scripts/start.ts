import { build, preview } from 'vite'
import { canOpenBrowser } from './desktop.ts'

/* `npm start`: builds the app, serves it on this machine, says where, and opens a browser where there is one. */

await build({ logLevel: 'warn' })
const opens = canOpenBrowser(process.platform, process.env)
const server = await preview({ logLevel: 'warn', preview: { open: opens } })
const address = server.resolvedUrls?.local[0]
process.stdout.write(`\nVoxCT is at ${address} (Ctrl+C ends it).\n`)
if (!opens) {
  const port = address ? new URL(address).port : ''
  process.stdout.write(
    `No desktop here: open the address in a browser on this machine; from another, first ssh -L ${port}:localhost:${port}.\n`,
  )
}
