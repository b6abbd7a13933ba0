import { Readable } from 'node:stream'
import type { Terminal } from './terminal.ts'

/** A terminal whose input is given, piece by piece, and which keeps what is written. */
export type KeptTerminal = Terminal & { readonly written: () => string; readonly complained: () => string }

export function keptTerminal(
  input: readonly (string | Buffer)[] = [],
  environment: Terminal['environment'] = {},
): KeptTerminal {
  let written = ''
  let complained = ''
  return {
    input: Readable.from(input.map((each) => Buffer.from(each))),
    write: (text) => {
      written += text
    },
    complain: (text) => {
      complained += text
    },
    isWatched: false,
    environment,
    interrupted: new AbortController().signal,
    written: () => written,
    complained: () => complained,
  }
}
