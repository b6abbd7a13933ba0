import type { ChannelTest, ChannelView, PolicySetting, ReadinessState } from '../../electron/api/contract.ts'
import type { AwayReason } from '../till/types.ts'

type Refund = NonNullable<ChannelView['refund']>
type Revoke = NonNullable<ChannelView['revoke']>

/** The words of the screen for channels. */
export type ChannelScreenWords = {
  readonly lost: string
  readonly choose: string
  /** Whether it can be reached. */
  readonly states: Readonly<Record<ReadinessState, string>>
  readonly noWallet: string
  readonly can: (channel: string) => string
  readonly rows: {
    readonly revoke: string
    readonly refund: string
    readonly bill: string
    readonly proof: string
    readonly limit: string
  }
  readonly revokeWords: Readonly<Record<Revoke['word'], string>>
  readonly noRevoke: string
  readonly atOnce: string
  readonly notBefore: (age: string) => string
  readonly untilAge: (age: string) => string
  readonly untilHour: (hour: number) => string
  readonly confirmedBy: Readonly<Record<Revoke['confirmedBy'], string>>
  readonly noRefund: string
  readonly partial: Readonly<Record<`${Refund['partial']}`, string>>
  readonly within: (time: string) => string
  readonly mostTimes: (count: number) => string
  readonly anyTimes: string
  readonly gap: (time: string) => string
  readonly bills: Readonly<Record<ChannelView['bill'], string>>
  readonly proof: Readonly<Record<`${ChannelView['endsAreProof']}`, string>>
  readonly noLimit: string
  readonly duration: Readonly<
    Record<'days' | 'hours' | 'minutes' | 'seconds' | 'milliseconds', (count: number) => string>
  >
  /** Stands between clauses. */
  readonly separator: string
  readonly figureHeads: { readonly setting: string; readonly inForce: string; readonly byDefault: string }
  readonly settings: Readonly<Record<PolicySetting, string>>
  readonly same: string
  readonly test: {
    readonly act: string
    readonly safe: string
    readonly running: string
    readonly works: (milliseconds: number) => string
    readonly failed: (reason: string) => string
    readonly said: (code: string) => string
    readonly steps: Readonly<Record<AwayReason, string>>
    readonly others: Readonly<
      Record<
        Exclude<ChannelTest['kind'], 'works' | 'failed'> | 'lost',
        { readonly happened: string; readonly next: string }
      >
    >
  }
}
