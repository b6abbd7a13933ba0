import { performance } from 'node:perf_hooks'
import { settingsAt } from '../assembly/assemble.ts'
import { factsOf } from '../assembly/case-facts.ts'
import { writeCaseSlip } from '../assembly/desk-calls.ts'
import { openingProblemSentence } from '../assembly/problem-sentence.ts'
import { systemClock } from '../assembly/system-time.ts'
import { keepPin, type PinSetting } from '../staff/pin-keeper.ts'
import { assertNever } from '../till/brand.ts'
import type { OrderNumber } from '../till/ids.ts'
import { yuanText } from '../till/money.ts'
import { decisionsFor } from '../till/order/attention.ts'
import { handDecisions } from '../till/order/event.ts'
import { shanghaiIso } from '../till/time.ts'
import { type ExitCode, exitCodeOf, exitCodes, writeResult } from './output.ts'
import { pinCheckWords, pinSettingWords } from './pin-words.ts'
import { readSecrets } from './read-secrets.ts'
import { type CommandContext, sayLedgerProblem, withReader, withTill } from './session.ts'
import { sayPinRefusal } from './staff-words.ts'

/** `cases`: a line for each order that a person must look at, the earliest deadline first; ends 3 while there is one. */
export function cases(context: CommandContext): Promise<ExitCode> {
  const { output } = context
  return withReader(context, async (reader) => {
    const found = await reader.orders({ status: 'attention', limit: 100_000 })
    if (!found.ok) return sayLedgerProblem(output, found.problem)
    const at = systemClock.now()
    const open = await Promise.all(
      found.value.map(async (order) => ({ order, facts: await factsOf(reader, order, at) })),
    )
    for (const { order, facts } of open.toSorted((a, b) => a.facts.revokeUntilWallMs - b.facts.revokeUntilWallMs)) {
      const { orderNumber, amountFen, channel, wallet, attentionReason, caseOwner, transactionId } = order
      const { money, revokeUntilWallMs, decisions } = facts
      const since = shanghaiIso(order.statusSinceWallMs)
      const revokeUntil = shanghaiIso(revokeUntilWallMs)
      const owner = caseOwner ?? 'nobody yet'
      output.line(
        {
          type: 'case',
          orderNumber,
          amountFen,
          channel,
          wallet,
          reason: attentionReason,
          money: money.known,
          transactionId,
          since,
          revokeUntil,
          owner: caseOwner,
          decisions,
        },
        `${orderNumber}  ${yuanText(amountFen).padStart(10)}  ${wallet.padEnd(8)}  money ${money.known.padEnd(9)}  revoke until ${revokeUntil}  ${owner}`,
      )
    }
    const words = open.length === 0 ? 'no open case' : `${open.length} open: till settle, or look at the desk`
    output.line({ type: 'result', open: open.length }, words)
    return open.length === 0 ? exitCodes.done : exitCodes.unresolved
  })
}

export type SettleOptions = {
  readonly order: string
  readonly decision: string
  readonly reason: string
  readonly managerName: string
}

/** `settle`: ends a case by a manager's decision; the PIN is read from standard input, one line. */
export async function settle(context: CommandContext, options: SettleOptions): Promise<ExitCode> {
  const { output, terminal } = context
  const decision = handDecisions.find((known) => known === options.decision)
  if (decision === undefined) {
    output.say(`--decision: expected one of ${handDecisions.join(', ')}`)
    return exitCodes.usage
  }
  const reason = options.reason.trim()
  const name = options.managerName.trim()
  if (reason === '' || name === '') {
    output.say(`${reason === '' ? '--reason' : '--manager'}: expected a text`)
    return exitCodes.usage
  }
  const read = await readSecrets(terminal, ['The manager’s PIN:'])
  if (read === null) return exitCodes.unresolved
  const [pin = ''] = read
  return withTill(context, async ({ till }) => {
    const startedMs = performance.now()
    const proved = await till.staff.prove({ who: name, pin })
    if (proved.kind !== 'right') return sayPinRefusal(output, proved)
    const { proof } = proved
    const outcome = await till.runner.settle(options.order as OrderNumber, { decision, reason, proof })
    switch (outcome.kind) {
      case 'no-such-order':
        output.say(`There is no order ${options.order} in this data folder.`)
        return exitCodes.usage
      case 'ledger-trouble':
        return sayLedgerProblem(output, outcome.problem)
      case 'refund-under-way':
        output.say(`A refund of ${options.order} is not at its end yet: wait for it. Nothing was changed.`)
        return exitCodes.unresolved
      case 'not-now': {
        const allowed = decisionsFor(outcome.order)
        const why =
          outcome.order.status === 'attention'
            ? `by what the wallet said it can only be settled as: ${allowed.join(', ') || 'nothing, while it is being asked about'}`
            : `it is no open case (${outcome.order.status})`
        output.say(`${options.order} was not settled: ${why}. Nothing was changed.`)
        writeResult(output, outcome.order, performance.now() - startedMs)
        return exitCodes.usage
      }
      case 'done':
        writeResult(output, outcome.order, performance.now() - startedMs)
        return exitCodeOf(outcome.order)
      default:
        return assertNever(outcome, 'outcome')
    }
  })
}

/** `manager-pin`: sets the single manager's PIN, or another one in its place; both are read from standard input. */
export function setPin(context: CommandContext): Promise<ExitCode> {
  return withReader(context, async (reader) => {
    const people = await reader.staff()
    if (!people.ok) return sayLedgerProblem(context.output, people.problem)
    if (people.value.length === 0) return setSinglePin(context)
    context.output.say(
      'Staff is set up: each manager has a PIN. Set one with: till staff set-pin. Nothing was changed.',
    )
    return exitCodes.usage
  })
}

async function setSinglePin(context: CommandContext): Promise<ExitCode> {
  const { output, place, terminal } = context
  const pin = keepPin(place.dataDirectory, () => systemClock.now().wallMs)
  const state = await pin.state()
  if (typeof state !== 'string') {
    output.say(pinCheckWords({ kind: 'trouble', trouble: state }))
    return exitCodes.internal
  }
  const present = state === 'set' ? ['The present PIN:'] : []
  const prompts = [...present, 'The new PIN, six digits:', 'The new PIN once more:']
  const lines = await readSecrets(terminal, prompts)
  if (lines === null) return exitCodes.unresolved
  const [again = '', wanted = ''] = lines.toReversed()
  if (wanted !== again) {
    output.say('The new PIN must stand on two lines, twice the same. The PIN was not changed.')
    return exitCodes.usage
  }
  if (state === 'not-set') return saySetting(context, await pin.set(wanted))
  const checked = await pin.check(lines[0] ?? '')
  if (checked.kind === 'right') return saySetting(context, await pin.replace(wanted, checked.pinId))
  output.say(`${pinCheckWords(checked)} The PIN was not changed.`)
  return checked.kind === 'trouble' ? exitCodes.internal : exitCodes.usage
}

function saySetting({ output }: CommandContext, outcome: PinSetting): ExitCode {
  if (outcome.kind === 'done') {
    output.line({ type: 'result', pinId: outcome.pinId }, `The manager’s PIN is set (${outcome.pinId}).`)
    return exitCodes.done
  }
  output.say(pinSettingWords(outcome))
  return outcome.kind === 'trouble' ? exitCodes.internal : exitCodes.usage
}

/** Columns of 58 mm and of 80 mm paper. */
export type SlipColumns = 32 | 48

export type SlipOptions = { readonly order: string; readonly columns: SlipColumns }

/** `slip`: writes the customer's slip about a doubtful order, and says where. */
export async function slip(context: CommandContext, { order, columns }: SlipOptions): Promise<ExitCode> {
  const { output, place } = context
  const checked = await settingsAt(place)
  if (!checked.ok) {
    const { sentence, exitCode } = openingProblemSentence({ kind: 'settings', problems: checked.problems })
    output.say(sentence)
    return exitCode
  }
  const { settings } = checked
  return withReader(context, async (reader) => {
    const parts = { language: settings.language, paper: columns === 32 ? 58 : 80, at: systemClock.now() } as const
    const written = await writeCaseSlip({ reader, settings, dataDirectory: place.dataDirectory }, order, parts)
    switch (written.kind) {
      case 'done': {
        const { textPath, picturePath } = written
        output.line({ type: 'result', orderNumber: order, textPath, picturePath }, `${textPath}\n${picturePath}`)
        return exitCodes.done
      }
      case 'no-such-order':
        output.say(`There is no order ${order} in this data folder.`)
        return exitCodes.usage
      case 'not-now':
        output.say(`${order} is no open case (${written.order.status}): it needs no slip. Nothing was written.`)
        return exitCodes.usage
      case 'disk-error':
        output.say(`The slip could not be written to ${written.path}. The order is as it was.`)
        return exitCodes.internal
      default:
        return assertNever(written, 'slip')
    }
  })
}
