export function groupBy<T>(items: readonly T[], toKey: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const item of items) {
    const key = toKey(item)
    const group = groups.get(key)
    if (group) group.push(item)
    else groups.set(key, [item])
  }
  return groups
}

/** Groups in which each item is linked to another one: by no key, so that no bin has an edge. */
export function groupLinked<T>(items: readonly T[], areLinked: (a: T, b: T) => boolean): T[][] {
  const left = new Set(items)
  const groups: T[][] = []
  for (const first of items) {
    if (!left.delete(first)) continue
    const group = [first]
    for (const member of group) {
      for (const other of left) if (areLinked(member, other)) left.delete(other) && group.push(other)
    }
    groups.push(group)
  }
  return groups
}
