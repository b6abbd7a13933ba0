import { createInterface } from 'node:readline/promises'
import { addAbortSignal, Writable } from 'node:stream'
import { StringDecoder } from 'node:string_decoder'
import type { Terminal } from './terminal.ts'

/** More is not read: a PIN is six digits. */
const longestInput = 1_024

/**
 * Reads one secret for each prompt, a line each, from a terminal without showing it, else from the stream. Secrets are
 * never arguments, because arguments are seen by every user of the machine. Null when the user interrupts; a line that
 * is missing is empty.
 */
export async function readSecrets(terminal: Terminal, prompts: readonly string[]): Promise<readonly string[] | null> {
  try {
    return terminal.input.isTTY === true
      ? await askHidden(terminal, prompts)
      : await readPiped(terminal, prompts.length)
  } catch (error) {
    if (terminal.interrupted.aborted) return null
    throw error
  }
}

async function askHidden(
  { input, complain, interrupted: signal }: Terminal,
  prompts: readonly string[],
): Promise<readonly string[]> {
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() })
  const lines = createInterface({ input, output: silent, terminal: true })
  try {
    const answers: string[] = []
    for (const prompt of prompts) {
      complain(`${prompt}\n`)
      answers.push((await lines.question('', { signal })).trim())
    }
    return answers
  } finally {
    lines.close()
  }
}

async function readPiped({ input, interrupted }: Terminal, count: number): Promise<readonly string[]> {
  const decoder = new StringDecoder('utf8')
  let text = ''
  for await (const chunk of addAbortSignal(interrupted, input)) {
    text += typeof chunk === 'string' ? chunk : decoder.write(chunk)
    if (text.split('\n').length > count || text.length > longestInput) break
  }
  const lines = text.slice(0, longestInput).split(/\r?\n/)
  return Array.from({ length: count }, (_, index) => (lines[index] ?? '').trim())
}
