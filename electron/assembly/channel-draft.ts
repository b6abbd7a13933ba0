import { randomBytes } from 'node:crypto'
import type { Channel } from '../channels/channel.ts'
import type { ChannelDefinition, ConfigurationField, KeyRole } from '../channels/definition.ts'
import type { ChannelConfiguration, SecretReference } from '../settings/channel-schema.ts'
import type { KeyFile } from '../settings/recognise-key-files.ts'
import { resolveSecret, type SecretSources } from '../settings/resolve-secret.ts'
import { type KeyFileToWrite, keyFolder } from '../settings/write-key-files.ts'
import type { ChannelId } from '../till/ids.ts'

/** A channel as a form gave it, before anything is written. Empty texts and secrets are the same as left out ones. */
export type ChannelDraft = {
  readonly id: string
  readonly definition: ChannelDefinition
  readonly texts: Readonly<Record<string, string>>
  /** Typed or pasted. */
  readonly secrets: Readonly<Record<string, string>>
  readonly files: readonly KeyFile[]
  /** The channel of this id in the configuration: what the form leaves out of its secrets stays. */
  readonly before: ChannelConfiguration | null
}

export type DraftProblem = { readonly field: string; readonly problem: string }

/** A draft whose fields are right: the channel to try, and what is to be written. */
export type ReadDraft =
  | {
      readonly ok: true
      readonly channel: Channel
      readonly configuration: ChannelConfiguration
      readonly keyFiles: readonly KeyFileToWrite[]
    }
  | { readonly ok: false; readonly problems: readonly DraftProblem[] }

/** Every kind's: the certificate of a private authority, for a sandbox or a proxy. */
export const authorityField = 'ca'

/** The field of a kind that a key file of this role goes into; null where it goes nowhere. */
export function fieldOfRole({ fields }: ChannelDefinition, role: KeyRole | 'other'): string | null {
  if (role === 'other') return null
  const found = Object.entries(fields).find(([, field]) => holdsOf(field).includes(role))
  return found?.[0] ?? null
}

/** The key roles that a field takes; none where it takes no key file. */
export const holdsOf = (field: ConfigurationField): readonly KeyRole[] =>
  field.kind === 'secret' || field.kind === 'secrets' ? (field.holds ?? []) : []

/** What the given files tell of a kind's text fields: the serial number of the merchant's own certificate. */
export function textsOfFiles(
  { fields }: ChannelDefinition,
  files: readonly KeyFile[],
): Readonly<Record<string, string>> {
  const serialHex = files.find(({ role }) => role === 'own-certificate')?.certificate?.serialHex
  if (serialHex === undefined) return {}
  const told = Object.entries(fields).flatMap(([name, field]) => {
    const form = field.kind === 'text' ? field.serialOfOwnCertificate : undefined
    if (form === undefined) return []
    return [[name, form === 'hex' ? serialHex : BigInt(`0x${serialHex}`).toString()] as const]
  })
  return Object.fromEntries(told)
}

/** Checks a draft with everything that the channel's definition checks, and resolves what stays as it is. */
export async function readDraft(draft: ChannelDraft, sources: SecretSources, wallMs: number): Promise<ReadDraft> {
  const { definition, before } = draft
  const problems: DraftProblem[] = []
  const texts: Record<string, string | undefined> = {}
  const lists: Record<string, readonly string[]> = {}
  const written: Record<string, unknown> = {}
  const keyFiles: KeyFileToWrite[] = []
  const resolved = async (field: string, reference: SecretReference): Promise<string | undefined> => {
    const reading = await resolveSecret(reference, sources)
    if (reading.ok) return reading.value
    problems.push({ field, problem: reading.message })
    return undefined
  }
  const keep = (field: string, text: string): SecretReference => {
    // A name of its own each time: the running till may still have the former file in use.
    const name = `${draft.id}-${field}-${randomBytes(4).toString('hex')}.txt`
    keyFiles.push({ name, text })
    return { file: `${keyFolder}/${name}` }
  }
  const told = textsOfFiles(definition, draft.files)

  for (const [name, field] of Object.entries(definition.fields)) {
    if (field.kind === 'text' || field.kind === 'choice') {
      const typed = draft.texts[name]?.trim() || told[name]
      const text = typed || field.default
      if (field.kind === 'choice' && text !== undefined && !field.values.includes(text)) {
        problems.push({ field: name, problem: `is none of ${field.values.join(', ')}` })
      }
      texts[name] = text
      if (typed) written[name] = typed
      if (text === undefined && !(field.kind === 'text' && field.isOptional)) problems.push(missing(name))
      continue
    }
    const given = givenSecrets(draft, name, field)
    const former = [before?.[name] ?? []].flat() as unknown[] as readonly SecretReference[] // the schema has checked its form
    const references = given.length > 0 ? given.map((text) => keep(name, text)) : former
    if (references.length === 0) {
      if (!field.isOptional) problems.push(missing(name))
      continue
    }
    const values = given.length > 0 ? given : await Promise.all(former.map((each) => resolved(name, each)))
    const all = values.filter((value) => value !== undefined)
    if (field.kind === 'secrets') lists[name] = all
    else texts[name] = all[0]
    written[name] = field.kind === 'secrets' ? references : references[0]
  }
  const authority = draft.secrets[authorityField]?.trim()
  const ca = authority ? keep(authorityField, authority) : before?.ca
  const certificateAuthority = authority || (ca === undefined ? undefined : await resolved(authorityField, ca))
  if (problems.length > 0) return { ok: false, problems }
  const opening = definition.open(
    { texts, lists },
    // The schema checks the form of the id before it is written.
    { id: draft.id as ChannelId, ...(certificateAuthority === undefined ? {} : { certificateAuthority }), wallMs },
  )
  if (!opening.ok) return opening
  const configuration: ChannelConfiguration = {
    id: draft.id,
    kind: definition.kind,
    ...(definition.api === undefined ? {} : { api: definition.api.version }),
    ...(ca === undefined ? {} : { ca }),
    ...written,
  }
  return { ok: true, channel: opening.channel, configuration, keyFiles }
}

const missing = (field: string): DraftProblem => ({ field, problem: 'is missing' })

/** What was typed, else the files that belong there; several certificates for a field of one text stand in one. */
function givenSecrets(draft: ChannelDraft, name: string, field: ConfigurationField): readonly string[] {
  const typed = draft.secrets[name]?.trim()
  if (typed) return [typed]
  const roles = holdsOf(field)
  const texts = draft.files.filter(({ role }) => role !== 'other' && roles.includes(role)).map(({ text }) => text)
  if (texts.length < 2 || field.kind === 'secrets') return texts
  return [roles.some((role) => role.includes('private')) ? (texts.at(-1) ?? '') : texts.join('\n')]
}
