import { statfs } from 'node:fs/promises'
import { type AssembledTill, assembleTill, settingsAt } from '../assembly/assemble.ts'
import { awayReasonWords, walletName } from '../assembly/away-sentence.ts'
import { clockSkewWarningMs } from '../assembly/clock-offset.ts'
import { conditionOf } from '../assembly/printer-condition.ts'
import { openingProblemSentence } from '../assembly/problem-sentence.ts'
import { freeBytesWarning } from '../assembly/system-calls.ts'
import { systemClock } from '../assembly/system-time.ts'
import { testChannel } from '../assembly/test-channel.ts'
import { version } from '../assembly/version.ts'
import { capabilityLine } from '../channels/page.ts'
import { isBackupTrouble } from '../ledger/backup/backup-keeper.ts'
import { lastGoodBackup } from '../ledger/backup/last-good.ts'
import { endingCertificates } from '../settings/certificates.ts'
import type { ChannelId } from '../till/ids.ts'
import type { Wallet } from '../till/payment-code.ts'
import { shanghaiIso } from '../till/time.ts'
import { type ExitCode, exitCodes } from './output.ts'
import { printerConditionWords } from './printer-words.ts'
import { secretUsesOf } from './secrets.ts'
import type { CommandContext } from './session.ts'

type Verdict = 'ok' | 'warning' | 'trouble'
type Check = { readonly check: string; readonly verdict: Verdict; readonly detail: string }

/** `doctor`: versions, disk, settings, ledger, channels, printers, clock; a line a check, secrets left out. */
export async function doctor(context: CommandContext): Promise<ExitCode> {
  const { place, output } = context
  const settings = await settingsAt(place)
  if (!settings.ok) {
    const { sentence, exitCode } = openingProblemSentence({ kind: 'settings', problems: settings.problems })
    output.say(sentence)
    return exitCode
  }
  const { mode, configurationFile, configurationExists, policies, pos } = settings.settings
  const verdicts: Verdict[] = []
  const tell = ({ check, verdict, detail }: Check): void => {
    verdicts.push(verdict)
    output.line({ type: 'check', check, verdict, detail }, `${verdict.padEnd(7)}  ${check.padEnd(22)}  ${detail}`)
  }

  tell({
    check: 'versions',
    verdict: 'ok',
    detail: `Scantill ${version}, Node ${process.versions.node}, ${process.platform} ${process.arch}`,
  })
  const told = configurationExists ? configurationFile : `${configurationFile} does not exist`
  tell({ check: 'configuration', verdict: 'ok', detail: `${mode === 'training' ? 'training mode' : 'live'}: ${told}` })
  // That each of them can be read is what opening the settings has shown.
  for (const [name, channels] of await secretUsesOf(context)) {
    tell({ check: `secret ${name}`, verdict: 'ok', detail: `in the sealed store, used by ${channels.join(', ')}` })
  }
  if (pos !== null) {
    const port = pos.port === 0 ? 'a free port' : `port ${pos.port}`
    tell({ check: 'pos interface', verdict: 'ok', detail: `127.0.0.1, ${port}, refunds ${pos.refunds}` })
  }
  for (const [id, { definition, policy, refundPolicy }] of Object.entries(policies)) {
    const figures = Object.entries({ ...refundPolicy, ...policy }).map(
      ([name, figure]) => `${name} ${JSON.stringify(figure)}`,
    )
    tell({
      check: `capability ${id}`,
      verdict: 'ok',
      detail: capabilityLine({ ...definition, policy, refundPolicy }),
    })
    tell({ check: `policy ${id}`, verdict: 'ok', detail: figures.join(', ') })
    const refundSources = definition.refundPolicySources.filter(({ setting }) => setting !== 'requestTimeoutMs')
    for (const { setting, source } of [...definition.policySources, ...refundSources]) {
      output.line({ type: 'source', channel: id, setting, source }, `         ${setting}: ${source}`)
    }
  }

  const assembly = await assembleTill(place, { onChange: () => undefined, onReadiness: () => undefined })
  if (!assembly.ok) {
    const { sentence } = openingProblemSentence(assembly.problem)
    tell({ check: 'ledger', verdict: 'trouble', detail: sentence })
    return exitCodes.unresolved
  }
  const { till } = assembly
  try {
    for (const check of checkCertificates(till)) tell(check)
    tell(await checkDisk(place.dataDirectory))
    tell(await checkLedger(till))
    tell(checkBackups(till, place.dataDirectory))
    for (const check of await checkChannels(till)) tell(check)
    for (const check of await checkPrinters(till, context.interrupted)) tell(check)
    tell(checkClock(till))
    tell(await checkOpenOrders(till))
  } finally {
    await till.close()
  }
  return verdicts.includes('trouble') ? exitCodes.unresolved : exitCodes.done
}

function checkCertificates({ settings }: AssembledTill): readonly Check[] {
  const { wallMs } = systemClock.now()
  const ending = endingCertificates(settings.certificates, wallMs)
  return settings.certificates.map((term): Check => {
    const days = Math.floor((term.untilWallMs - wallMs) / 86_400_000)
    const verdict = !ending.includes(term) ? 'ok' : days < 0 ? 'trouble' : 'warning'
    const detail = `${term.field} is good until ${shanghaiIso(term.untilWallMs)}${verdict === 'ok' ? '' : `, ${days} days: ask for a new one`}`
    return { check: `certificate ${term.channel}`, verdict, detail }
  })
}

async function checkDisk(dataDirectory: string): Promise<Check> {
  const { bavail, bsize } = await statfs(dataDirectory)
  const freeBytes = bavail * bsize
  const verdict = freeBytes < freeBytesWarning ? 'warning' : 'ok'
  return { check: 'disk', verdict, detail: `${Math.floor(freeBytes / 1_048_576)} MiB free in ${dataDirectory}` }
}

async function checkLedger(till: AssembledTill): Promise<Check> {
  const written = await till.ledger.probe()
  if (!written.ok)
    return { check: 'ledger', verdict: 'trouble', detail: `cannot be written to (${written.problem.kind})` }
  const verified = await till.reader.verify()
  if (!verified.ok) return { check: 'ledger', verdict: 'trouble', detail: `cannot be read (${verified.problem.kind})` }
  const { events, broken } = verified.value
  if (broken.length > 0)
    return { check: 'ledger', verdict: 'trouble', detail: `${broken.length} broken; see till verify` }
  return { check: 'ledger', verdict: 'ok', detail: `writable, ${events} events, chain and projections whole` }
}

/** How old the newest good backup is; making one is the till's own affair, or `till backup`'s. */
function checkBackups(till: AssembledTill, dataDirectory: string): Check {
  const check = 'backup'
  const good = lastGoodBackup(dataDirectory)?.manifest ?? null
  if (!good) return { check, verdict: 'warning', detail: 'there is no good backup; make one with: till backup' }
  const isOld = isBackupTrouble({ ...till.backups.status(), madeWallMs: good.madeWallMs }, systemClock.now().wallMs)
  const told = `${good.name} of ${shanghaiIso(good.madeWallMs)}, ${good.events} events`
  return isOld
    ? {
        check,
        verdict: 'trouble',
        detail: `the last good one is older than two days: ${told}; make one with: till backup`,
      }
    : { check, verdict: 'ok', detail: told }
}

/** Asks each channel about an order that cannot exist: "not found" proves address, keys and signature. */
async function checkChannels(till: AssembledTill): Promise<readonly Check[]> {
  const { policies, routes } = till.settings
  return Promise.all(
    Object.keys(policies).map(async (id): Promise<Check> => {
      const check = `channel ${id}`
      const tested = await testChannel(till, id as ChannelId)
      const wallets = (Object.keys(routes) as Wallet[])
        .filter((wallet) => routes[wallet]?.some((each) => each === id))
        .map(walletName)
      const name = wallets.length === 0 ? id : wallets.join(', ')
      switch (tested.kind) {
        case 'no-such-channel':
          return { check, verdict: 'trouble', detail: 'is not configured' }
        case 'works':
          return { check, verdict: 'ok', detail: 'answers, and its signature is right' }
        case 'failed':
        case 'unclear': {
          const why = tested.kind === 'failed' ? awayReasonWords[tested.reason] : 'it answers, but not as it should'
          return { check, verdict: 'trouble', detail: `${name} cannot be used: ${why} (${tested.said})` }
        }
      }
    }),
  )
}

/** Asks each printer how it is. One that a person must look at is a warning: payments do not need it. */
async function checkPrinters(till: AssembledTill, interrupted: AbortSignal): Promise<readonly Check[]> {
  return Promise.all(
    till.settings.printers.map(async (printer): Promise<Check> => {
      const condition = await conditionOf(printer, interrupted)
      const isFine =
        condition.kind === 'ready' ? !condition.paperLow : condition.kind === 'silent' && printer.silenceMeansPrinted
      const detail = printerConditionWords(condition, printer.address)
      return { check: `printer ${printer.name}`, verdict: isFine ? 'ok' : 'warning', detail }
    }),
  )
}

function checkClock(till: AssembledTill): Check {
  const offsetMs = till.lines.clockOffsetMs()
  if (offsetMs === null) return { check: 'clock', verdict: 'warning', detail: 'no channel told its time' }
  const seconds = Math.round(Math.abs(offsetMs) / 1_000)
  const skewed = Math.abs(offsetMs) > clockSkewWarningMs
  const detail = skewed
    ? `${seconds} s ${offsetMs > 0 ? 'ahead of' : 'behind'} the channels: set this machine's clock`
    : `within ${seconds + 1} s of the channels'`
  return { check: 'clock', verdict: skewed ? 'trouble' : 'ok', detail }
}

async function checkOpenOrders(till: AssembledTill): Promise<Check> {
  const open = await till.ledger.openOrders()
  if (!open.ok) return { check: 'open orders', verdict: 'trouble', detail: open.problem.kind }
  const attention = open.value.filter(({ status }) => status === 'attention').length
  const detail = `${open.value.length} open, of them ${attention} for a person${open.value.length > 0 ? '; go on with till recover' : ''}`
  return { check: 'open orders', verdict: open.value.length > 0 ? 'warning' : 'ok', detail }
}
