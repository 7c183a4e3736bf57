import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { fetchVolume } from './fetchVolume.ts'

let server: Server
let folder: string
beforeAll(async () => {
  server = createServer((request, response) => {
    if (request.url === '/train/one%20scan.nii.gz') return response.end('bytes')
    if (request.url === '/page') return response.setHeader('content-type', 'text/html').end('<html></html>')
    if (request.url !== '/never') response.writeHead(404).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  folder = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
})

const NEVER = new AbortController().signal

test('a volume comes as a file of its own name', async () => {
  const file = await fetchVolume(`${folder}train/one%20scan.nii.gz`, 'train/one scan.nii.gz', NEVER)
  expect([file.name, await file.text()]).toEqual(['one scan.nii.gz', 'bytes'])
})

test('a volume that is not there is named, and so is a page in its place', async () => {
  for (const [path, cause] of [
    ['gone.nii.gz', '404'],
    ['page', 'a web page came'],
  ]) {
    await expect(fetchVolume(folder + path, path, NEVER)).rejects.toMatchObject({
      problem: { code: 'volume-missing', message: expect.stringContaining(`${path} is not in`) },
    })
    await expect(fetchVolume(folder + path, path, NEVER)).rejects.toThrow(cause)
  }
})

test('giving up ends the download', async () => {
  const controller = new AbortController()
  const fetching = fetchVolume(`${folder}never`, 'never', controller.signal)
  controller.abort()
  await expect(fetching).rejects.toMatchObject({ name: 'AbortError' })
})
