import { resolve } from 'node:path'

/** Where npm starts the scripts: a program that was bundled lies elsewhere than its source. */
export const ROOT = process.cwd()

/** Where `npm run corpus` writes; git-ignored. */
export const CORPUS = resolve(ROOT, 'corpus/.cache/items')
