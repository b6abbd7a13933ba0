import { performance } from 'node:perf_hooks'
import { requestReceipt } from '../assembly/print-calls.ts'
import { isPrintFinal, type PrintJob } from '../till/print/job.ts'
import { shanghaiIso } from '../till/time.ts'
import { type ExitCode, exitCodes, type Output } from './output.ts'
import { printRequestWords, printStateWords } from './print-words.ts'
import { type CommandContext, type OpenSession, sayLedgerProblem, withTill } from './session.ts'

export type PrintOptions = { readonly order: string; readonly refund: string | null }

/** For how long the command waits for a printer that takes nothing now; the job stays in line after that. */
const patienceMs = 10_000

/** `print`: the receipt of an order, or of one of its refunds: the original, or a further copy (补打). */
export function print(context: CommandContext, { order, refund }: PrintOptions): Promise<ExitCode> {
  const { output } = context
  return withTill(context, async (session) => {
    const startedMs = performance.now()
    const outcome = await requestReceipt(session.till, { orderNumber: order, refundNumber: refund }, 'staff')
    switch (outcome.kind) {
      case 'queued':
      case 'under-way':
        return followJob(session, output, outcome.job, startedMs)
      case 'unconfirmed':
        output.say(printRequestWords('unconfirmed', order))
        writePrintResult(output, outcome.job, performance.now() - startedMs)
        return exitCodes.unresolved
      case 'ledger-trouble':
        return sayLedgerProblem(output, outcome.problem)
      case 'stopping':
        output.say(printRequestWords('stopping', order))
        return exitCodes.unresolved
      default:
        output.say(printRequestWords(outcome.kind, order))
        return exitCodes.usage
    }
  })
}

/** Follows a job until nothing more happens to it by itself, writing a line for each change of its state. */
async function followJob(session: OpenSession, output: Output, from: PrintJob, startedMs: number): Promise<ExitCode> {
  let current = from
  let told: string | null = null
  const tell = (changed: PrintJob): void => {
    if (changed.jobId !== from.jobId) return
    current = changed
    if (changed.status === told) return
    told = changed.status
    const { jobId, orderNumber, status, statusSinceWallMs } = changed
    const at = shanghaiIso(statusSinceWallMs)
    output.line({ type: 'state', job: jobId, orderNumber, state: status, at }, `${at}  ${jobId}  ${status}`)
  }
  session.listenToPrintJobs(tell)
  // It may have come to its end between the answer and the listening: the ledger has the last word.
  const known = await session.till.ledger.printJob(from.jobId)
  tell(known.ok && known.value !== null ? known.value : from)
  const timeOver = AbortSignal.timeout(patienceMs)
  const overNow = new Promise<void>((resolve) => timeOver.addEventListener('abort', () => resolve()))
  const isAtRest = (): boolean => isPrintFinal(current.status) || current.status === 'unconfirmed'
  await Promise.race([session.until(isAtRest), overNow])
  writePrintResult(output, current, performance.now() - startedMs)
  if (current.status === 'printed') return exitCodes.done
  return current.status === 'failed' ? exitCodes.endedWithoutCharge : exitCodes.unresolved
}

function writePrintResult(output: Output, job: PrintJob, elapsedMs: number): void {
  const { jobId, kind, subjectId, orderNumber, copy, status, lastSend, condition, proof, failure } = job
  const refundNumber = kind === 'refund' ? subjectId : null
  output.line(
    {
      type: 'result',
      orderNumber,
      state: status,
      job: jobId,
      kind,
      refundNumber,
      copy,
      printer: lastSend?.printer ?? null,
      condition,
      proof,
      reason: failure,
      elapsedMs: Math.round(elapsedMs),
    },
    `${jobId}: ${printStateWords(job)}`,
  )
}
