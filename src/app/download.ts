/** Hands a file to the person, JSON where it is data; it is made here and goes nowhere else. */
export function download(fileName: string, content: object | Blob): void {
  const blob =
    content instanceof Blob ? content : new Blob([JSON.stringify(content, null, 2)], { type: 'application/json' })
  const url = URL.createObjectURL(blob)
  const link = document.createElement('a')
  link.href = url
  link.download = fileName
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}
