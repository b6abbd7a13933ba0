import { z } from 'zod'
import { reference } from './channel-schema.ts'
import { resolveSecret, type SecretSources } from './resolve-secret.ts'

/** The local interface for the shop's own POS (docs/pos-api.md); off where it is left out. */
export const posSchema = z.strictObject({
  enabled: z.boolean().default(true),
  /** On 127.0.0.1; 0 takes a free one, which stands in `pos.json` in the data folder. */
  port: z.int().min(0).max(65_535).default(0),
  token: reference,
  /** Whether the token refunds beyond what a cashier may refund alone. */
  refunds: z.enum(['within-limit', 'any']).default('within-limit'),
})

type PosConfiguration = z.infer<typeof posSchema>

export type PosSettings = {
  readonly port: number
  /** A secret: whoever has it can begin collections and refunds. */
  readonly token: string
  readonly refunds: PosConfiguration['refunds']
}

/** What a bearer token is made of (RFC 6750 §2.1), long enough that nobody guesses it. */
const tokenForm = /^[0-9A-Za-z\-._~+/]{32,200}=*$/

/** The interface's settings with its token; null where it is off, or where something was complained about. */
export async function openPos(
  configuration: PosConfiguration | undefined,
  sources: SecretSources,
  complain: (field: string, message: string) => void,
): Promise<PosSettings | null> {
  if (configuration === undefined || !configuration.enabled) return null
  const { port, refunds } = configuration
  const token = await resolveSecret(configuration.token, sources)
  if (!token.ok) {
    complain('pos.token', token.message)
    return null
  }
  if (!tokenForm.test(token.value)) {
    complain('pos.token', 'expected 32 to 200 letters, digits, -, ., _, ~, + or /')
    return null
  }
  return { port, token: token.value, refunds }
}
