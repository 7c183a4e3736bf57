import { resolve } from 'node:path'

/** Where npm starts the scripts: a program that was bundled lies elsewhere than its source. */
export const ROOT = process.cwd()

/** Where `npm run corpus` writes; git-ignored. */
export const CORPUS = resolve(ROOT, 'corpus/.cache/items')

/** Where the programs that open items are bundled to, from the root; git-ignored. */
export const BUNDLES = 'corpus/.cache/run'
