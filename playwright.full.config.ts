import { defineConfig } from '@playwright/test'
import base from './playwright.config.ts'

/** The stories at full size, which `npm run test:full` runs and `npm test` leaves out. */
export default defineConfig({
  ...base,
  testDir: 'e2e-full',
  outputDir: 'test-results/e2e-full',
  timeout: 1_800_000,
  reporter: 'list',
})
