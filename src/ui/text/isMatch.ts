/** Every word of the query occurs in the text. An empty query matches all. */
export function isMatch(text: string, query: string): boolean {
  const searched = text.toLowerCase()
  return query
    .toLowerCase()
    .split(/\s+/)
    .every((word) => searched.includes(word))
}
