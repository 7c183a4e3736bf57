import type { KnipConfig } from 'knip'

/*
 * Files, dependencies and exports that nothing uses. `knip` looks at everything, and at exports that only their own file
 * uses; `knip --production` only at what ends in `!`, so that what tests alone keep alive shows. There an export that
 * its own file uses is left alone: a test may look at a part.
 */

const inProduct = process.argv.includes('--production')

const config: KnipConfig = {
  entry: [
    // Found by import.meta.glob.
    'src/commands/features/*.ts!',
    ...(inProduct
      ? ['phantom/cli.ts!']
      : [
          'scripts/*.ts',
          'scripts/commands/measure.ts',
          'scripts/hearing/{measure,dictations}.ts',
          'scripts/typed/measure.ts',
          'scripts/alike/measure.ts',
          'scripts/place/measure.ts',
          'scripts/prior/measure.ts',
          'scripts/nodule/measure.ts',
          'scripts/safety/measure.ts',
          'corpus/run/{itemProcess,fuzz/fuzzProcess}.ts',
          'e2e-full/*.spec.ts',
          'playwright.full.config.ts',
        ]),
  ],
  project: [
    'src/**/*.{ts,tsx}!',
    'phantom/**/*.ts!',
    '{bench,scripts,corpus,e2e,e2e-full}/**/*.ts',
    '!**/*.{test,fixture}.{ts,tsx}!',
    '!src/**/testing/**!',
    '!src/architecture/**!',
  ],
  // A type that an exported function takes or gives may be named by whoever calls it.
  ignoreExportsUsedInFile: inProduct ? true : { interface: true, type: true },
  // vtk.js brings xmlbuilder2, which extends Node's `events`: without this package the built app does not start.
  ignoreDependencies: ['events'],
  // Programs of the machine, not of a package: scripts/needs.ts sees to it. `tsx` is one of the development's.
  ignoreBinaries: inProduct ? ['tsx'] : ['espeak-ng', 'dcmcjpeg'],
}

export default config
