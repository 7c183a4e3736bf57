/** The item a step away from the selected one, the first (or last) where none is selected. */
export function stepFrom<T>(items: readonly T[], selected: T | null, step: 1 | -1): T | undefined {
  const index = selected === null ? -1 : items.indexOf(selected)
  if (index < 0) return items.at(step === 1 ? 0 : -1)
  return items[index + step]
}
