import { placeOfError } from '../assembly/place-of-error.ts'
import { runCommandLine } from './command-line.ts'
import { exitCodes } from './output.ts'

// The process around the command line. Sets the exit code; never calls exit while the ledger is open, but after a bug.

const interruption = new AbortController()

// A reader that went away (`till pay … | head`) must not stop a payment on its way.
process.stdout.on('error', () => undefined)
process.stderr.on('error', () => undefined)

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => interruption.abort())

/** A bug: what is on disk is whole, because every event is committed before its effect. */
function leaveAfterBug(error: unknown): never {
  process.stderr.write(
    `The till stopped on an error in the program (${placeOfError(error)}). Nothing that was recorded is lost; run: till recover\n`,
  )
  process.exit(exitCodes.internal)
}

process.on('uncaughtException', leaveAfterBug)
process.on('unhandledRejection', leaveAfterBug)
process.exitCode = await runCommandLine(process.argv.slice(2), {
  input: process.stdin,
  write: (text) => void process.stdout.write(text),
  complain: (text) => void process.stderr.write(text),
  isWatched: process.stderr.isTTY,
  environment: process.env,
  interrupted: interruption.signal,
})
