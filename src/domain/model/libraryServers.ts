import * as v from 'valibot'
import { failure, type Result, success } from '../../base/result.ts'

/*
 * `libraries` of public/models/packs.json: libraries on a server that the operator of a site offers to its readers. Each is
 * asked at an address of the site itself, behind which a gateway stands (training/scripts/serve_library.py).
 */

/** Relative to the app's own address: no scheme, no host, nothing that leads out of the site. */
const sitePath = v.pipe(
  v.string(),
  v.regex(/^[\w-][\w./-]*$/, 'must be a path on this site, without a scheme or a host'),
  v.check((path) => !path.split('/').includes('..'), 'must not leave the site'),
  v.maxLength(200),
)

const server = v.strictObject({
  /** What readers know it by. */
  title: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(60)),
  path: sitePath,
  /** Which encoder made its embeddings (`toGraphsHash`). */
  encoder: v.pipe(v.string(), v.regex(/^[0-9a-f]{32}$/, 'must be 32 hexadecimal digits')),
})

const servers = v.pipe(
  v.array(server),
  v.maxLength(8),
  v.check((all) => new Set(all.map(({ path }) => path)).size === all.length, 'has a path twice'),
)

export type LibraryServer = v.InferOutput<typeof server>

/** Problem: `libraries-invalid`; the message names the first wrong field. None are offered where the list names none. */
export function parseLibraryServers(packList: unknown): Result<readonly LibraryServer[]> {
  const parsed = v.safeParse(v.object({ libraries: v.optional(servers, []) }), packList, { abortEarly: true })
  if (parsed.success) return success(parsed.output.libraries)
  const [issue] = parsed.issues
  return failure({
    code: 'libraries-invalid',
    message: `The libraries of models/packs.json are not valid: ${v.getDotPath(issue) ?? 'libraries'}: ${issue.message}.`,
    nextStep: 'Whoever runs this site can mend it (docs/ON-YOUR-ARCHIVE.md); until then none of them is asked.',
  })
}
