import react from '@vitejs/plugin-react'
import type { Plugin, Rolldown } from 'vite'
import { defineConfig } from 'vitest/config'

const port = Number(process.env.VOXCT_PORT) || undefined

/** Decoders that come as CommonJS; the dev server has to convert them by name. */
const CODECS = [
  '@cornerstonejs/codec-libjpeg-turbo-8bit/decodewasmjs',
  '@cornerstonejs/codec-charls/decodewasmjs',
  '@cornerstonejs/codec-openjpeg/decodewasmjs',
  '@cornerstonejs/codec-openjph/wasmjs',
  '@cornerstonejs/codec-libjxl/decodewasmjs',
]

/** Threads of onnxruntime-web need SharedArrayBuffer, which a page has only when it is isolated. */
const ISOLATION = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
}

interface PolicyNeeds {
  readonly scripts?: string
  readonly connections?: string
}

/**
 * No other host can be reached, whatever a dependency tries: scans and speech stay on the device. WebAssembly is
 * compiled, workers start from blobs, and styles are set by the component library at run time.
 */
function toContentSecurityPolicy({ scripts = '', connections = '' }: PolicyNeeds = {}): string {
  const rules: Record<string, string> = {
    'default-src': "'self'",
    'script-src': `'self' blob: 'wasm-unsafe-eval' ${scripts}`,
    'worker-src': "'self' blob:",
    'connect-src': `'self' blob: data: ${connections}`,
    'style-src': "'self' 'unsafe-inline'",
    'img-src': "'self' blob: data:",
    'media-src': "'self' blob:",
    'font-src': "'self' data:",
    'object-src': "'none'",
    'base-uri': "'none'",
    'form-action': "'none'",
  }
  return Object.entries(rules)
    .map(([name, sources]) => `${name} ${sources.trim()}`)
    .join('; ')
}

/** The built page carries its policy with it, wherever it is hosted; workers get theirs from the server's header only. */
function policyInPage(): Plugin {
  return {
    name: 'policy-in-page',
    apply: 'build',
    transformIndexHtml: () => [
      {
        tag: 'meta',
        attrs: { 'http-equiv': 'Content-Security-Policy', content: toContentSecurityPolicy() },
        injectTo: 'head-prepend',
      },
    ],
  }
}

/** Inline script: React's refresh. Web socket: the dev server's own channel, on whatever port it got. */
const DEV_POLICY = toContentSecurityPolicy({
  scripts: "'unsafe-inline'",
  connections: 'ws://localhost:* ws://127.0.0.1:*',
})

/** The codecs were compiled for Node as well and name its modules; in the browser those branches never run. */
const rolldownOptions: Rolldown.RolldownOptions = {
  onLog(level, log, handle) {
    if (log.message.includes('has been externalized for browser compatibility')) return
    handle(level, log)
  },
}

export default defineConfig({
  plugins: [react(), policyInPage()],
  worker: { format: 'es', rolldownOptions },
  // Core and metadata must be one copy; leaving onnxruntime-web out of this list is what lets vad-web load in the dev
  // server.
  optimizeDeps: {
    include: [
      'dicom-parser',
      'dcmjs',
      '@cornerstonejs/core',
      '@cornerstonejs/metadata',
      '@cornerstonejs/utils',
      ...CODECS,
    ],
  },
  server: { port: port ?? 5173, headers: { ...ISOLATION, 'Content-Security-Policy': DEV_POLICY } },
  preview: {
    port: port ?? 4173,
    headers: { ...ISOLATION, 'Content-Security-Policy': toContentSecurityPolicy() },
  },
  build: { target: 'esnext', chunkSizeWarningLimit: 6000, rolldownOptions },
  test: {
    include: ['src/**/*.test.{ts,tsx}', 'phantom/**/*.test.ts', 'scripts/**/*.test.ts', 'corpus/run/**/*.test.ts'],
    // Vitest's five seconds would judge how busy a machine is: a test that asserts each length of a cut file takes two alone.
    testTimeout: 30_000,
    // One core less is Vitest's own choice; of two, one would idle for minutes.
    maxWorkers: '100%',
  },
})
