import type { Calls, ManagerProof, SetupFiles, SetupKind, SetupResult, SetupState } from '../api/contract.ts'
import { accountOf, addressOf } from '../channels/account.ts'
import type { ChannelDefinition } from '../channels/definition.ts'
import { channelDefinitions, findDefinition } from '../channels/registry.ts'
import { receiptProfileNames } from '../receipts/receipt-profiles.ts'
import { contactOfProbe } from '../runner/contact.ts'
import type { ChannelConfiguration } from '../settings/channel-schema.ts'
import type { GivenFile } from '../settings/key-archive.ts'
import { loadSettings } from '../settings/load-settings.ts'
import { type SettingsProblem, settingsProblemLines } from '../settings/problem.ts'
import { readConfiguration } from '../settings/read-configuration.ts'
import { type KeyFile, recogniseKeyFiles } from '../settings/recognise-key-files.ts'
import type { Configuration } from '../settings/schema.ts'
import { sealedSecretsOf } from '../settings/sealed/sealed-secrets.ts'
import { type ConfigurationChange, changeConfiguration } from '../settings/write-configuration.ts'
import { writeKeyFiles } from '../settings/write-key-files.ts'
import type { ChannelId } from '../till/ids.ts'
import { createTransport } from '../transport/transport.ts'
import type { AssembledTill } from './assemble.ts'
import { authorityField, fieldOfRole, holdsOf, type ReadDraft, readDraft, textsOfFiles } from './channel-draft.ts'
import { pinRefusalView } from './pin-refusal-view.ts'
import { readPrinter, setupPrinter } from './printer-draft.ts'
import { probeChannel } from './probe-channel.ts'
import { foundPrinters, placeOfPrinter, printerChange, triedPrinter } from './setup-printers.ts'
import { systemClock } from './system-time.ts'

type SetupCall = Extract<keyof Calls, `setup.${string}`>
type SetupHandlers = {
  readonly [Name in SetupCall]: (request: Calls[Name]['request']) => Promise<Calls[Name]['reply']>
}
type SetupTill = {
  readonly dataDirectory: string
  readonly desktopKeys: AssembledTill['desktopKeys']
  readonly settings: Pick<AssembledTill['settings'], 'configurationFile'>
  readonly staff: Pick<AssembledTill['staff'], 'people' | 'prove' | 'override'>
  readonly signIn: Pick<AssembledTill['signIn'], 'person'>
  readonly reader: Pick<AssembledTill['reader'], 'historyPage'>
}

/** More key files than any channel has; what came first goes first. */
const filesMax = 40

/**
 * The calls of the set-up: who and where the till is, and its channels, in words of a form. Every change is a manager's
 * (`change-settings`), journaled with who and which fields before it is written, and never with a value. The running till
 * goes on as it is: what is saved counts from its next start on.
 */
export function setupCalls(
  { dataDirectory, desktopKeys, settings, staff, signIn, reader }: SetupTill,
  environment: Readonly<Record<string, string | undefined>> = process.env,
): SetupHandlers {
  const path = settings.configurationFile
  const sealed = sealedSecretsOf(dataDirectory, environment, desktopKeys)
  let given: readonly GivenFile[] = []

  const configurationNow = async (): Promise<Configuration | SetupRefusal> => {
    const reading = await readConfiguration({ path, required: false })
    if (reading.ok) return reading.configuration
    return { kind: 'configuration-problem', problem: settingsProblemLines(reading.problems)[0] ?? path }
  }

  /** What would keep a till from starting with a configuration, such as a route to a channel that is not there. */
  const startsWith = async (candidate: string): Promise<readonly SettingsProblem[]> => {
    const { wallMs } = systemClock.now()
    const reading = await loadSettings({ path: candidate, required: true, environment, sealed, wallMs })
    return reading.ok ? [] : reading.problems
  }

  /**
   * Whether another account would take over a channel that has orders, those of training too. Asked about such an order,
   * the other account knows of none, and the till would believe that nobody was charged.
   */
  const takesOver = async (
    id: string,
    before: ChannelConfiguration | null,
    next: ChannelConfiguration,
    definition: ChannelDefinition,
  ): Promise<SetupRefusal | null> => {
    const standsFor = (channel: ChannelConfiguration): string =>
      JSON.stringify([accountOf(definition, channel), addressOf(definition, channel)])
    const isSame = before !== null && standsFor(before) === standsFor(next)
    if (isSame) return null
    const query = { orders: 'all', refunds: true, cash: false, channel: id as ChannelId } as const
    const found = await reader.historyPage({ query, after: null, limit: 1, doubtfulFirst: false })
    if (!found.ok) return { kind: 'ledger-trouble', problem: found.problem.kind }
    return found.value.entries.length > 0 ? { kind: 'channel-has-orders', id } : null
  }

  /** Lets a manager's change through: `change` checks it and tells what to write, and only then is it journaled. */
  const byManager = async (said: ManagerProof, change: () => Promise<Planned | SetupRefusal>): Promise<SetupResult> => {
    const people = await staff.people()
    if (!people.ok) return { kind: 'ledger-trouble', problem: people.problem.kind }
    if (people.value.length === 0) return { kind: 'no-manager-yet' }
    const manager = { who: said.staffNumber, pin: said.pin }
    const proved = await staff.prove(manager)
    if (proved.kind !== 'right') return pinRefusalView(proved)
    const planned = await change()
    if (planned.kind !== 'planned') return planned
    const keys = await writeKeyFiles(path, planned.keyFiles)
    if (keys.kind !== 'written') return keys
    const cashier = signIn.person()?.number ?? null
    const journaled = await staff.override(manager, { act: 'change-settings', cashier, reason: planned.reason })
    const written =
      journaled.kind === 'right'
        ? await changeConfiguration(path, planned.changes, startsWith)
        : pinRefusalView(journaled)
    if (written.kind === 'written') return { kind: 'saved', file: path }
    await keys.remove()
    if (written.kind !== 'problems') return written
    return { kind: 'configuration-problem', problem: settingsProblemLines(written.problems)[0] ?? path }
  }

  return {
    'setup.state': async () => {
      const reading = await readConfiguration({ path, required: false })
      return reading.ok ? stateOf(path, reading.configuration) : null
    },
    'setup.take-file': async ({ kind, api, isFirst, file }) => {
      const taken = { name: file.name, bytes: Buffer.from(file.base64, 'base64') }
      given = [...(isFirst ? [] : given), taken].slice(-filesMax)
      return filesView(findDefinition(kind, api ?? undefined), await recogniseKeyFiles(given))
    },
    'setup.save-place': ({ storeId, storeName, tillId, language, manager }) =>
      byManager(manager, async () => {
        const problems = placeProblems({ storeId, storeName, tillId })
        if (problems.length > 0) return { kind: 'fields', problems }
        return {
          kind: 'planned',
          reason: `settings store, till, language: ${storeId} ${tillId} ${language}`,
          keyFiles: [],
          changes: [
            { field: ['store'], value: { id: storeId.trim(), name: storeName.trim() } },
            { field: ['till'], value: { id: tillId.trim() } },
            { field: ['language'], value: language },
          ],
        }
      }),
    'setup.save-channel': ({ id, kind, api, texts, secrets, withFiles, isUntested, manager }) =>
      byManager(manager, async () => {
        const definition = findDefinition(kind, api ?? undefined)
        if (!definition) return { kind: 'fields', problems: [{ field: 'kind', problem: 'is none of this till’s' }] }
        const configuration = await configurationNow()
        if ('kind' in configuration) return configuration
        if (!/^[0-9A-Za-z_-]{1,32}$/.test(id)) {
          return { kind: 'fields', problems: [{ field: 'id', problem: 'is not 1 to 32 letters, digits, _ or -' }] }
        }
        const at = configuration.channels.findIndex((each) => each.id === id)
        const before = configuration.channels[at] ?? null
        if (before && findDefinition(before.kind, before.api) !== definition) {
          return { kind: 'fields', problems: [{ field: 'id', problem: 'is the name of a channel of another kind' }] }
        }
        const { wallMs } = systemClock.now()
        const files = withFiles ? await recogniseKeyFiles(given) : []
        const draft = { id, definition, texts, secrets, files, before }
        const read = await readDraft(draft, { configurationFile: path, environment, sealed }, wallMs)
        if (!read.ok) return { kind: 'fields', problems: read.problems }
        const refused = await takesOver(id, before, read.configuration, definition)
        if (refused) return refused
        if (!isUntested) {
          const failed = await tryOut(read, definition, configuration.store.id)
          if (failed) return failed
        }
        const changed = Object.keys({ ...texts, ...secrets }).join(', ')
        const test = isUntested ? 'without a test' : 'tested'
        return {
          kind: 'planned',
          reason: `settings channel ${id}, ${test}: ${changed}${withFiles ? ', key files' : ''}`,
          keyFiles: read.keyFiles,
          changes: channelChanges(configuration, read.configuration, definition, at),
        }
      }).then((result) => {
        if (result.kind === 'saved') given = []
        return result
      }),
    'setup.found-printers': () => foundPrinters(),
    'setup.save-printer': ({ before, printer: wanted, isUntested, manager }) =>
      byManager(manager, async () => {
        const configuration = await configurationNow()
        if ('kind' in configuration) return configuration
        const at = before === null ? -1 : placeOfPrinter(configuration, before)
        if (before !== null && at < 0) return { kind: 'no-such-printer' }
        const draft = readPrinter(wanted, configuration.printers[at] ?? null)
        if (!draft.ok) return { kind: 'fields', problems: draft.problems }
        const failed = isUntested ? null : await triedPrinter(draft.printer)
        if (failed) return failed
        const { label } = setupPrinter(draft.printer)
        return {
          kind: 'planned',
          reason: `settings printer ${label}, ${isUntested ? 'without a test' : 'tested'}`,
          keyFiles: [],
          changes: [printerChange(configuration, draft.printer, at)],
        }
      }),
    'setup.remove-printer': ({ label, manager }) =>
      byManager(manager, async () => {
        const configuration = await configurationNow()
        if ('kind' in configuration) return configuration
        const at = placeOfPrinter(configuration, label)
        if (at < 0) return { kind: 'no-such-printer' }
        const reason = `settings printer ${label} removed`
        return { kind: 'planned', reason, keyFiles: [], changes: [{ field: ['printers', at], value: undefined }] }
      }),
  }
}

type SetupRefusal = Exclude<SetupResult, { readonly kind: 'saved' }>

type Planned = {
  readonly kind: 'planned'
  readonly reason: string
  readonly keyFiles: Extract<ReadDraft, { readonly ok: true }>['keyFiles']
  readonly changes: readonly ConfigurationChange[]
}

/** Asks the channel about an order that cannot exist; null when it answered with a verified signature. */
async function tryOut(
  { channel }: Extract<ReadDraft, { readonly ok: true }>,
  definition: ChannelDefinition,
  storeId: string,
): Promise<Extract<SetupResult, { readonly kind: 'test-failed' | 'test-unclear' }> | null> {
  const transport = createTransport()
  try {
    const startedMs = systemClock.now().monotonicMs
    const { result, outcome } = await probeChannel(
      channel,
      (each, request, requestTimeoutMs, onWire) =>
        transport.send(each.connection, request, { requestTimeoutMs }, undefined, onWire),
      storeId,
      definition.policy.requestTimeoutMs,
    )
    const contact = contactOfProbe(result, outcome, null, { startedMs, endedMs: systemClock.now().monotonicMs })
    if (contact?.kind === 'understood') return null
    const said =
      result.kind === 'answered' ? (outcome?.evidence.code ?? outcome?.kind ?? result.kind) : String(result.reason)
    return contact?.kind === 'failed'
      ? { kind: 'test-failed', reason: contact.reason, said }
      : { kind: 'test-unclear', said }
  } finally {
    await transport.close()
  }
}

/** The channel in its place, and a way to it for the wallets that have none where routes are written down. */
function channelChanges(
  { channels, routes }: Configuration,
  channel: ChannelConfiguration,
  definition: ChannelDefinition,
  at: number,
): readonly ConfigurationChange[] {
  const inPlace: ConfigurationChange =
    channels.length === 0
      ? { field: ['channels'], value: [channel] }
      : { field: ['channels', at < 0 ? channels.length : at], value: channel }
  if (routes === undefined) return [inPlace]
  const wallets = definition.capability.wallets.filter((wallet) => routes[wallet] === undefined)
  return [inPlace, ...wallets.map((wallet) => ({ field: ['routes', wallet], value: channel.id }))]
}

const placeRules = [
  ['storeId', /^[0-9A-Za-z]{2,8}$/, 'is not 2 to 8 letters and digits'],
  ['storeName', /^.{1,40}$/u, 'is not 1 to 40 characters'],
  ['tillId', /^[0-9A-Za-z]{1,4}$/, 'is not 1 to 4 letters and digits'],
] as const

const placeProblems = (place: Readonly<Record<'storeId' | 'storeName' | 'tillId', string>>) =>
  placeRules.flatMap(([field, form, problem]) => (form.test(place[field].trim()) ? [] : [{ field, problem }]))

function filesView(definition: ChannelDefinition | undefined, files: readonly KeyFile[]): SetupFiles {
  const { wallMs } = systemClock.now()
  return {
    files: files.map(({ name, role, certificate }) => ({
      name,
      role,
      field: definition === undefined ? null : fieldOfRole(definition, role),
      subject: certificate?.subject ?? null,
      isExpired: certificate !== undefined && certificate.validToWallMs < wallMs,
    })),
    texts: definition === undefined ? {} : textsOfFiles(definition, files),
  }
}

function stateOf(file: string, { store, till, language, channels, printers }: Configuration): SetupState {
  return {
    file,
    store,
    till,
    language,
    channels: channels.map((channel) => {
      const fields = Object.entries(findDefinition(channel.kind, channel.api)?.fields ?? {})
      const isText = (kind: string): boolean => kind === 'text' || kind === 'choice'
      const texts = fields.flatMap(([name, { kind }]) =>
        isText(kind) && typeof channel[name] === 'string' ? [[name, channel[name]] as const] : [],
      )
      return {
        id: channel.id,
        kind: channel.kind,
        api: findDefinition(channel.kind, channel.api)?.api?.version ?? null,
        texts: Object.fromEntries(texts),
        secrets: fields.flatMap(([name, { kind }]) => (!isText(kind) && channel[name] !== undefined ? [name] : [])),
      }
    }),
    kinds: channelDefinitions.map(kindView),
    printers: printers.map(setupPrinter),
    printerProfiles: receiptProfileNames,
  }
}

function kindView({ kind, api, fields }: ChannelDefinition): SetupKind {
  const own = Object.entries(fields).map(([name, field]): SetupKind['fields'][number] => {
    const byDefault = field.kind === 'text' || field.kind === 'choice' ? (field.default ?? null) : null
    return {
      name,
      kind: field.kind,
      isRequired: byDefault === null && !(field.kind !== 'choice' && field.isOptional === true),
      byDefault,
      choices: field.kind === 'choice' ? field.values : [],
      isKeyFile: holdsOf(field).length > 0,
    }
  })
  const authority = { name: authorityField, kind: 'secret', isRequired: false, byDefault: null, choices: [] } as const
  return { kind, api: api?.version ?? null, fields: [...own, { ...authority, isKeyFile: true }] }
}
