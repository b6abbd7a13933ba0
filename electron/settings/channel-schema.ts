import { z } from 'zod'
import type { ChannelDefinition, ConfigurationField } from '../channels/definition.ts'

/** A secret is never a plain string: it is named in the sealed store, in a file beside the configuration, or in the environment. */
export const reference = z.union(
  [
    z.strictObject({ file: z.string().min(1) }),
    z.strictObject({ env: z.string().min(1) }),
    z.strictObject({ secret: z.string().min(1) }),
  ],
  { error: 'expected {"file": "PATH"}, {"env": "NAME"} or {"secret": "NAME"}; secrets never stand here as text' },
)

export type SecretReference = z.infer<typeof reference>

export const identifier = z.string().regex(/^[0-9A-Za-z_-]{1,32}$/, 'expected 1 to 32 letters, digits, _ or -')

/** One channel as the configuration has it; its other fields are those of its definition, in the form that it says. */
export type ChannelConfiguration = {
  readonly id: string
  readonly kind: string
  readonly api?: string | undefined
  readonly ca?: SecretReference | undefined
  readonly [field: string]: unknown
}

function fieldSchema(field: ConfigurationField): z.ZodType {
  switch (field.kind) {
    case 'text':
      if (field.default !== undefined) return z.string().default(field.default)
      return field.isOptional ? z.string().optional() : z.string()
    case 'choice':
      return z.enum(field.values).default(field.default)
    case 'secret':
      return field.isOptional ? reference.optional() : reference
    case 'secrets': {
      const list = z.array(reference).min(1).max(20)
      return field.isOptional ? list.optional() : list
    }
  }
}

function definitionSchema({ kind, api, fields }: ChannelDefinition) {
  const literal = z.literal(api?.version ?? '', { error: `expected "${api?.version}"` })
  const version = api === undefined ? {} : { api: api.isDefault ? literal.optional() : literal }
  const own = Object.entries(fields).map(([name, field]) => [name, fieldSchema(field)] as const)
  return z.strictObject({
    id: identifier,
    kind: z.literal(kind),
    ...version,
    ca: reference.optional(),
    ...(Object.fromEntries(own) as Readonly<Record<string, z.ZodType>>),
  })
}

/** The schema of a channel: by its kind, and where a kind has several versions, by its `api`. */
export function channelSchemaOf(definitions: readonly ChannelDefinition[]): z.ZodType<ChannelConfiguration> {
  const kinds = [...new Set(definitions.map(({ kind }) => kind))]
  const schemas = kinds.map((kind) => {
    const ofKind = definitions.filter((each) => each.kind === kind)
    const [first, second, ...more] = ofKind.map(definitionSchema)
    if (first === undefined) throw new TypeError('a kind without a definition')
    if (second === undefined) return first
    const versions = ofKind.flatMap(({ api }) => (api === undefined ? [] : [`"${api.version}"`])).join(' or ')
    return z.discriminatedUnion('api', [first, second, ...more], { error: `expected ${versions}` })
  })
  const [first, ...rest] = schemas
  if (first === undefined) throw new TypeError('a till without channel kinds')
  const error = `expected a "kind" that this till has: ${kinds.join(', ')}`
  return z.discriminatedUnion('kind', [first, ...rest], { error }) as unknown as z.ZodType<ChannelConfiguration> // each member is such an object
}
