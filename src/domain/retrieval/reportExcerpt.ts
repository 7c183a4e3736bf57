/** Letters of an excerpt; a sentence that is longer is cut at a word. */
const MOST_LETTERS = 220

/** Sentences end at a stop before a space and a capital, or at a line's end: "4.5 mm" is inside one. */
const toSentences = (report: string): string[] =>
  report
    .split(/(?<=[.!?])\s+(?=\p{Lu})|\n+/u)
    .map((sentence) => sentence.trim())
    .filter(Boolean)

function cut(text: string): string {
  if (text.length <= MOST_LETTERS) return text
  return `${text.slice(0, text.lastIndexOf(' ', MOST_LETTERS))} …`
}

/** Sentences of a report that are about what is asked for, one after the other; its beginning where none is. */
export function excerptReport(report: string, isAbout: (sentence: string) => boolean): string {
  const sentences = toSentences(report)
  const about = sentences.filter(isAbout)
  return cut((about.length > 0 ? about : sentences).join(' '))
}
