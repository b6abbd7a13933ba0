import { addAbortSignal } from 'node:stream'
import { StringDecoder } from 'node:string_decoder'
import type { Terminal } from './terminal.ts'

/** No code is longer; what a stuck gun or a wrong file sends on is not read. */
const longestLine = 4_096

/**
 * Reads one line: the payment code, which is never an argument, because arguments are seen by every user
 * of the machine (I11). Answers null when the user interrupts the wait.
 */
export async function readCodeLine({ input, interrupted }: Terminal): Promise<string | null> {
  const decoder = new StringDecoder('utf8')
  let text = ''
  try {
    for await (const chunk of addAbortSignal(interrupted, input)) {
      text += typeof chunk === 'string' ? chunk : decoder.write(chunk)
      const end = text.search(/[\r\n]/)
      if (end >= 0) return text.slice(0, end)
      if (text.length > longestLine) return text.slice(0, longestLine)
    }
  } catch (error) {
    if (interrupted.aborted) return null
    throw error
  }
  return text + decoder.end()
}
