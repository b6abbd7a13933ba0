import type { OrderView } from '../../electron/api/contract.ts'
import { CashLines, cashLines, SplitLine } from '../cash/cash-lines.tsx'
import { workingWallets } from '../lines/trouble.ts'
import { yuanText } from '../money/yuan.ts'
import { useApp } from '../shell/till-context.tsx'
import type { TrackedOrder } from '../till/tracked.ts'
import { waitFigures } from '../till/tracked.ts'
import type { AwayReason, Wallet } from '../till/types.ts'
import { useNow } from '../time/use-now.ts'
import type { Catalogue } from '../wording/catalogue.ts'
import { useWords } from '../wording/words.tsx'
import type { Scene } from './scene.ts'
import { type CounterState, saleOfAnother } from './state.ts'
import { Wait, WorkLine } from './wait.tsx'

function Lines(props: { readonly first: string; readonly second?: string; readonly third?: string | null }) {
  return (
    <>
      <p className="message-first">{props.first}</p>
      {props.second !== undefined && props.second !== '' && <p>{props.second}</p>}
      {props.third && <p>{props.third}</p>}
    </>
  )
}

function Revoking(props: { readonly tracked: TrackedOrder; readonly next: string }) {
  const words = useWords()
  const { view } = props.tracked
  const { lastAnswerAgoMs } = waitFigures(props.tracked, useNow(500))
  return (
    <>
      <Lines first={props.next} second={view.revokeCause ? words.counter.revokeCauses[view.revokeCause] : ''} />
      <WorkLine view={view} lastAnswerAgoMs={lastAnswerAgoMs} />
    </>
  )
}

function Attention(props: { readonly order: OrderView }) {
  const words = useWords()
  const reason = props.order.attentionReason ?? 'revoke-tries-used-up'
  return (
    <>
      <Lines first={words.attentions[reason].happened} second={words.attentions[reason].next} />
      <p className="tell-customer">
        <b>{words.tellCustomer.label}</b>{' '}
        {props.order.moneyWasTaken ? words.moneyTaken.tellCustomer : words.tellCustomer.words}
      </p>
    </>
  )
}

function ChannelAway(props: { readonly wallet: Wallet; readonly reason: AwayReason }) {
  const words = useWords()
  const channels = useApp(({ till }) => till.snapshot?.readiness.channels)
  const working = workingWallets(channels ?? []).filter((wallet) => wallet !== props.wallet)
  const instead =
    working.length === 0
      ? words.lines.takeCash
      : words.lines.takeOther(working.map((wallet) => words.wallets[wallet]).join(words.lines.separator))
  return (
    <Lines
      first={words.lines.refused(words.wallets[props.wallet], words.lines.reasons[props.reason])}
      second={instead}
      third={words.lines.refusedNext}
    />
  )
}

function Refused(props: { readonly counter: CounterState }) {
  const words = useWords()
  const { step } = props.counter
  if (step.kind !== 'refused') return null
  const { refusal } = step
  if (refusal.kind === 'channel-away') return <ChannelAway wallet={refusal.wallet} reason={refusal.reason} />
  const said = refusal.kind === 'ledger' ? words.ledgerTroubles[refusal.problem] : words.refusals[refusal.kind]
  return <Lines first={said.happened} second={said.next} />
}

const likelyPassword = (
  words: Catalogue,
  amountFen: number,
  above: Readonly<Partial<Record<string, number>>>,
): string => {
  const thresholds = Object.values(above).filter((each) => each !== undefined)
  return thresholds.length > 0 && amountFen > Math.min(...thresholds) ? words.counter.passwordLikely : ''
}

function Scan(props: { readonly counter: CounterState }) {
  const words = useWords()
  const snapshot = useApp(({ till }) => till.snapshot)
  const { step } = props.counter
  if (step.kind !== 'scan') return null
  const hint = snapshot?.mode === 'training' ? words.counter.practiceHint : ''
  const password = likelyPassword(words, step.sale.amountFen, snapshot?.passwordLikelyAboveFen ?? {})
  return (
    <>
      <Lines first={words.counter.scanHint} second={password} third={hint} />
      <SplitLine split={step.sale.split} />
    </>
  )
}

function Idle(props: { readonly limitFen: number }) {
  const words = useWords()
  const hasNoStaff = useApp(({ crew }) => crew.staff?.isSetUp === false)
  return (
    <>
      <p className="quiet">{words.counter.limit(yuanText(props.limitFen))}</p>
      {hasNoStaff && <p className="quiet">{words.staff.first.hint}</p>}
    </>
  )
}

/** What happened and what to do now, below the amount (ux.md 11, 15, 19, 20). */
export function Message(props: {
  readonly scene: Scene
  readonly counter: CounterState
  readonly tracked: TrackedOrder | null
}) {
  const words = useWords()
  const limitFen = useApp(({ till }) => till.snapshot?.amountLimitFen ?? 0)
  const { scene, counter, tracked } = props
  const order = tracked?.view ?? null
  const next = words.scenes[scene].next
  const { step } = counter
  const scannedBefore = step.kind === 'order' && step.hint === 'scanned-before' ? words.counter.scannedBefore : null
  const ofCash = cashLines(words, scene, counter, order)
  if (ofCash !== null) return <CashLines lines={ofCash} />
  switch (scene) {
    case 'awaiting-payer':
      return (
        <>
          <Lines first={scannedBefore ?? next} />
          {tracked && <Wait tracked={tracked} />}
        </>
      )
    case 'unknown':
      return (
        <>
          <Lines first={next} />
          {tracked && <Wait tracked={tracked} />}
        </>
      )
    case 'revoking':
      return tracked && <Revoking tracked={tracked} next={next} />
    case 'failed': {
      const failure = words.failures[order?.failureReason ?? 'payment-failed']
      return <Lines first={failure.happened} second={failure.next} third={scannedBefore} />
    }
    case 'revoked-closed':
    case 'revoked-refunded':
      return <Lines first={order?.revokeCause ? words.counter.revokeCauses[order.revokeCause] : next} second={next} />
    case 'attention':
      return order && <Attention order={order} />
    case 'former-open':
      return <Lines first={step.kind === 'former-open' ? words.counter.formerOpen[step.because] : ''} />
    case 'former-paid':
      return (
        <Lines first={next} second={saleOfAnother(counter, order?.saleId ?? null) ? words.counter.ifAnother : ''} />
      )
    case 'refused':
      return <Refused counter={counter} />
    case 'amount-problem':
      return step.kind === 'amount' && step.problem ? (
        <p role="alert" className="message-first">
          {words.amountProblems[step.problem](yuanText(limitFen))}
        </p>
      ) : null
    case 'scan':
      return <Scan counter={counter} />
    case 'idle':
    case 'amount':
      return <Idle limitFen={limitFen} />
    default:
      return next === '' && !scannedBefore ? null : <Lines first={next} third={scannedBefore} />
  }
}
