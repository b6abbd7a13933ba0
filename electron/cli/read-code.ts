/** No code is longer; what a stuck gun or a wrong file sends on is not read. */
const longestLine = 4_096

/**
 * Reads one line from a stream: the payment code, which is never an argument, because arguments are seen by every user
 * of the machine (I11).
 */
export async function readCodeLine(stream: AsyncIterable<Buffer | string>): Promise<string> {
  let text = ''
  for await (const chunk of stream) {
    text += String(chunk)
    const end = text.search(/[\r\n]/)
    if (end >= 0) return text.slice(0, end)
    if (text.length > longestLine) return text.slice(0, longestLine)
  }
  return text
}
