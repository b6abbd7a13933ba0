import type { ChannelId } from '../till/ids.ts'
import type { Wallet } from '../till/payment-code.ts'
import type { ChannelPolicy, PolicySource } from '../till/policy.ts'
import type { RefundPolicy } from '../till/refund/policy.ts'
import type { Channel } from './channel.ts'

/**
 * What a channel kind is, in one value of its own folder: what the configuration has of it, how a channel is made of
 * that, its figures, and what it can do. The registry lists these values; nothing else in the program knows a channel by
 * name (docs/channels.md says how to add one).
 */
export type ChannelDefinition = {
  readonly kind: string
  /** The value of the configuration's `api`, where a kind has several; `isDefault` stands for a missing `api`. */
  readonly api?: { readonly version: string; readonly isDefault: boolean }
  /** Every field of the configuration beside `id`, `kind`, `api` and `ca`, by its name there (design §9). */
  readonly fields: Readonly<Record<string, ConfigurationField>>
  /** Checks the values and makes the channel. Never throws; complaints name fields and never quote a secret. */
  readonly open: (values: ChannelValues, context: OpeningContext) => ChannelOpening
  readonly policy: ChannelPolicy
  readonly policySources: readonly PolicySource[]
  readonly refundPolicy: RefundPolicy
  readonly refundPolicySources: readonly RefundPolicySource[]
  readonly capability: ChannelCapability
}

/** One field of a channel in the configuration. */
export type ConfigurationField =
  /** Plain text; `serialOfOwnCertificate` says how it is had from the merchant's certificate, where it is that. */
  | {
      readonly kind: 'text'
      readonly default?: string
      readonly isOptional?: true
      readonly serialOfOwnCertificate?: 'hex' | 'decimal'
    }
  | { readonly kind: 'choice'; readonly values: readonly [string, ...string[]]; readonly default: string }
  /** A secret, a key or a certificate: a reference in the configuration, its text here. */
  | {
      readonly kind: 'secret'
      /** `on-test-servers`: left out only where the channel is not called over https. */
      readonly isOptional?: true | 'on-test-servers'
      readonly holds?: readonly KeyRole[]
    }
  /** Several of them, such as the certificates of two generations. */
  | { readonly kind: 'secrets'; readonly isOptional?: true; readonly holds?: readonly KeyRole[] }

/**
 * What a key file is, by its content: the merchant's own half (a private key, and what belongs to it), or the other
 * side's. The set-up puts a file into the field that holds its role.
 */
export type KeyRole =
  | 'own-private-key'
  | 'own-public-key'
  | 'own-certificate'
  | 'public-key'
  | 'certificate'
  | 'root-certificates'

/** The fields' values with every reference resolved; what is left out and has no default is absent. */
export type ChannelValues = {
  readonly texts: Readonly<Record<string, string | undefined>>
  /** The `secrets` fields. */
  readonly lists: Readonly<Record<string, readonly string[] | undefined>>
}

export type OpeningContext = {
  readonly id: ChannelId
  /** PEM of a private authority (`ca`). */
  readonly certificateAuthority?: string
  /** Certificates are judged at this time. */
  readonly wallMs: number
}

export type ChannelOpening =
  | { readonly ok: true; readonly channel: Channel }
  | { readonly ok: false; readonly problems: readonly ChannelProblem[] }

/** What is wrong with one field, as a clause that follows the field's name: "is not a private key". */
export type ChannelProblem = { readonly field: string; readonly problem: string }

export type RefundPolicySource = { readonly setting: keyof RefundPolicy; readonly source: string }

/** What a channel kind can do, as data: shown in settings and docs, and used by the rules. */
export type ChannelCapability = {
  /** Whose codes it takes. */
  readonly wallets: readonly Wallet[]
  readonly revoke:
    | {
        readonly kind: 'revoke'
        /** What the channel's users call it (M10). */
        readonly word: 'revoke' | 'reversal'
        /** Whether a query after the revoke proves it; the alternative is a person. */
        readonly confirmedBy: 'query' | 'answer'
      }
    /** There is none: doubtful orders end at the desk. */
    | { readonly kind: 'none' }
  readonly refund:
    | { readonly kind: 'refund'; readonly query: boolean; readonly partial: boolean }
    | { readonly kind: 'none' }
  /** How a day's bill is had. */
  readonly bill: 'download' | 'file' | 'none'
  /**
   * Whether "failed" and "closed" prove that nobody can be charged any more (I4). Where not, such an answer decides
   * nothing and the order ends at the desk.
   */
  readonly endsAreProof: boolean
  /** The largest amount of one payment that the channel itself documents; null where it documents none. */
  readonly amountLimitFen: number | null
}
