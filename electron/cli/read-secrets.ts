import { createInterface } from 'node:readline/promises'
import { addAbortSignal, type Readable, Writable } from 'node:stream'
import { StringDecoder } from 'node:string_decoder'

/** More is not read: a PIN is six digits. */
const longestInput = 1_024

type Input = Readable & { readonly isTTY?: boolean }

/**
 * Reads one secret for each prompt, a line each, from a terminal without showing it, else from the stream. Secrets are
 * never arguments, because arguments are seen by every user of the machine. Null when the user interrupts; a line that
 * is missing is empty.
 */
export async function readSecrets(
  input: Input,
  prompts: readonly string[],
  say: (sentence: string) => void,
  interrupted: AbortSignal,
): Promise<readonly string[] | null> {
  try {
    return input.isTTY === true
      ? await askHidden(input, prompts, say, interrupted)
      : await readPiped(input, prompts.length, interrupted)
  } catch (error) {
    if (interrupted.aborted) return null
    throw error
  }
}

async function askHidden(
  input: Input,
  prompts: readonly string[],
  say: (sentence: string) => void,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() })
  const terminal = createInterface({ input, output: silent, terminal: true })
  try {
    const answers: string[] = []
    for (const prompt of prompts) {
      say(prompt)
      answers.push((await terminal.question('', { signal })).trim())
    }
    return answers
  } finally {
    terminal.close()
  }
}

async function readPiped(input: Input, count: number, signal: AbortSignal): Promise<readonly string[]> {
  const decoder = new StringDecoder('utf8')
  let text = ''
  for await (const chunk of addAbortSignal(signal, input)) {
    text += typeof chunk === 'string' ? chunk : decoder.write(chunk)
    if (text.split('\n').length > count || text.length > longestInput) break
  }
  const lines = text.slice(0, longestInput).split(/\r?\n/)
  return Array.from({ length: count }, (_, index) => (lines[index] ?? '').trim())
}
