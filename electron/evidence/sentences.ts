import { assertNever } from '../till/brand.ts'
import type { Verdict } from '../till/evidence/closure.ts'
import { yuanText } from '../till/money.ts'
import { shanghaiDateTime } from '../till/time.ts'
import type { EvidenceDocument } from './document.ts'

/** A sentence of the exported page, which is read by people whom the till's language does not know. */
export type BothLanguages = { readonly en: string; readonly zh: string }

const time = (wallMs: number): string => shanghaiDateTime(wallMs)

const still = (looksUntilWallMs: number | null): BothLanguages =>
  looksUntilWallMs === null
    ? { en: '', zh: '' }
    : {
        en: ` To be sure, the till asks again by itself until ${time(looksUntilWallMs)}.`,
        zh: `为防万一,本机会自动再查,直到 ${time(looksUntilWallMs)}。`,
      }

const decisions = {
  'money-kept': { en: 'the sale stands and the money was kept', zh: '交易成立,款已收下' },
  'money-returned': { en: 'the money was returned outside the till', zh: '款已在本机之外退回' },
  'not-charged': { en: 'the customer was not charged', zh: '顾客没有被扣款' },
} as const

/** The verdict in one sentence: that the order can no longer charge anyone and why, or that it still may. */
export function verdictSentence(verdict: Verdict): BothLanguages {
  const closed = {
    en: 'This order can no longer charge anyone, because',
    zh: '这一单不会再向任何人扣款,因为',
  }
  switch (verdict.kind) {
    case 'paid-and-verified':
      return {
        en: `${closed.en} it was paid once, by a verified answer of the channel, and its payment code is used up.`,
        zh: `${closed.zh}经核实的渠道回答说明它已付款一次,付款码已经用掉。`,
      }
    case 'revoked-closed-confirmed':
      return {
        en: `${closed.en} a verified query says that it is closed; no money was taken.`,
        zh: `${closed.zh}经核实的查询说明它已关闭;没有扣款。`,
      }
    case 'revoked-refunded-confirmed':
      return {
        en: `${closed.en} a verified query says that it is closed; the money that was taken went back to the customer.`,
        zh: `${closed.zh}经核实的查询说明它已关闭;扣过的款已原路退回顾客。`,
      }
    case 'refunded-in-full':
      return {
        en: `${closed.en} the channel confirmed that the whole amount was refunded (refund ${verdict.refundNumber}).`,
        zh: `${closed.zh}渠道确认已全额退款(退款单号 ${verdict.refundNumber})。`,
      }
    case 'refused-by-channel':
      return {
        en: `${closed.en} the channel refused it for good (${verdict.reason}); no money was taken.`,
        zh: `${closed.zh}渠道已最终拒绝(${verdict.reason});没有扣款。`,
      }
    case 'closed-unpaid':
      return {
        en: `${closed.en} a verified query says that it is closed; it was not paid (${verdict.reason}).`,
        zh: `${closed.zh}经核实的查询说明它已关闭;没有付款(${verdict.reason})。`,
      }
    case 'refused-and-not-found':
      return notFound(verdict, {
        en: `${closed.en} the channel refused it (${verdict.reason}) and did not know it when it was asked`,
        zh: `${closed.zh}渠道拒绝了它(${verdict.reason}),查询时也没有这一单`,
      })
    case 'never-existed-there':
      return notFound(verdict, {
        en: `${closed.en} it was revoked to be safe and the channel never knew it when it was asked`,
        zh: `${closed.zh}本机已撤销以防万一,渠道每次查询都没有这一单`,
      })
    case 'never-left':
      return {
        en: `${closed.en} its request never left this machine.`,
        zh: `${closed.zh}它的请求从来没有离开本机。`,
      }
    case 'settled-by-hand': {
      const until = still(verdict.looksUntilWallMs)
      const { manager, reason, decision, wallMs } = verdict
      return {
        en: `Settled by hand: on ${time(wallMs)} ${manager} decided that ${decisions[decision].en} (“${reason}”). This rests on that person’s word and not on an answer of the channel.${until.en}`,
        zh: `人工了结:${time(wallMs)},${manager} 认定${decisions[decision].zh}(“${reason}”)。依据是这个人的决定,不是渠道的回答。${until.zh}`,
      }
    }
    case 'open':
      return openSentence(verdict)
    default:
      return assertNever(verdict, 'verdict')
  }
}

function notFound(
  verdict: Extract<Verdict, { readonly notFoundWallMs: readonly number[] }>,
  sentence: BothLanguages,
): BothLanguages {
  const until = still(verdict.looksUntilWallMs)
  const times = verdict.notFoundWallMs.map(time).join(', ')
  return {
    en: `${sentence.en} (${verdict.notFoundWallMs.length}×: ${times}).${until.en}`,
    zh: `${sentence.zh}(${verdict.notFoundWallMs.length} 次:${times})。${until.zh}`,
  }
}

function openSentence(verdict: Extract<Verdict, { readonly kind: 'open' }>): BothLanguages {
  const { status, attentionReason } = verdict
  if (verdict.contradiction) {
    return {
      en: `Nothing can be said of this order: its entries do not lead to the state (${status}) that it is said to be in.`,
      zh: `这一单无法下结论:记录推不出它所在的状态(${status})。`,
    }
  }
  if (verdict.moneyWasTaken) {
    return {
      en: `This order is NOT closed: the channel said that the money was taken, and it is neither a sale nor returned yet (${attentionReason ?? status}).`,
      zh: `这一单还没有了结:渠道说已经扣款,既没有作为收款入账,也还没有退回(${attentionReason ?? status})。`,
    }
  }
  return {
    en: `This order MAY STILL CHARGE the customer: nobody can say yet how it ends (${attentionReason ?? status}).`,
    zh: `这一单仍可能扣款:结果还没有定(${attentionReason ?? status})。`,
  }
}

/** Stands on top of an export of a till that practises. */
export const trainingOnly: BothLanguages = {
  en: 'TRAINING: no real money was behind this order.',
  zh: '训练模式:这一单没有真实的资金。',
}

/** What an export proves by itself, and what only the ledger can. */
export const whatIsProven: BothLanguages = {
  en: 'What the file proves alone: every entry of this order fits its hash, the hashes of consecutive entries link, and the verdict follows from the entries. Of entries of other orders only place and hashes are here, so that their content stays private; they show the order’s place in the chain and cannot be recomputed from this file. That nobody rewrote all of it at once is shown by the ledger (--data), or by a hash of the chain that was written down elsewhere at the time.',
  zh: '文件本身能证明:这一单的每条记录与其哈希相符,相邻记录的哈希相连,结论可由记录推出。其他订单的记录只列位置和哈希(内容保密),它们说明这一单在链中的位置,不能由本文件重算。要证明没有人把全部内容一起改写,须与账本核对(--data),或与当时另行记下的链哈希核对。',
}

/** The facts of the order, for the page's table. */
export function factRows(document: EvidenceDocument): readonly (readonly [label: BothLanguages, value: string])[] {
  const { order, store, till, ledger } = document
  const head = ({ sequence, hash }: { readonly sequence: number; readonly hash: string }) => `#${sequence} ${hash}`
  return [
    [{ en: 'Store and till', zh: '门店与收银机' }, `${store.name} (${store.id}) · ${till.id}`],
    [{ en: 'Order number', zh: '商户单号' }, order.orderNumber],
    [{ en: 'Amount', zh: '金额' }, `¥${yuanText(order.amountFen)}`],
    [{ en: 'Channel and wallet', zh: '渠道与钱包' }, `${order.channel} · ${order.wallet}`],
    [{ en: 'Channel’s number', zh: '渠道交易号' }, order.transactionId ?? '–'],
    [{ en: 'Code (masked)', zh: '付款码(已遮盖)' }, order.maskedCode],
    [{ en: 'State', zh: '状态' }, [order.status, order.revokeEffect].filter((part) => part !== null).join(' · ')],
    [{ en: 'Created, in this state since', zh: '开单时间与状态时间' }, `${order.createdAt} · ${order.statusSince}`],
    [{ en: 'Queries and revokes', zh: '查询与撤销次数' }, `${order.queries} · ${order.revokes}`],
    [
      { en: 'Exported, program version', zh: '导出时间与程序版本' },
      `${document.exportedAt} · ${document.programVersion}`,
    ],
    [{ en: 'Ledger mark, first entry', zh: '账本标记与首条哈希' }, `${ledger.mark} · ${ledger.genesisHash}`],
    [{ en: 'Chain before the order', zh: '此单之前的链头' }, head(ledger.headBefore)],
    [{ en: 'Chain at the export', zh: '导出时的链头' }, head(ledger.headAfter)],
  ]
}
