import type { CaseView, OrderView } from '../../electron/api/contract.ts'
import { elapsedText, momentText } from '../time/shanghai.ts'
import type { Catalogue } from '../wording/catalogue.ts'

const minuteMs = 60_000
const hourMs = 60 * minuteMs
const dayMs = 24 * hourMs

/** The time left to revoke, in words; rounded down, so that nobody counts on time that is not there. */
export function revokeLeftText(words: Catalogue, leftMs: number): string {
  const { left } = words.desk
  if (leftMs <= 0) return left.over
  if (leftMs >= dayMs) return left.days(Math.floor(leftMs / dayMs), Math.floor((leftMs % dayMs) / hourMs))
  if (leftMs >= hourMs) return left.hours(Math.floor(leftMs / hourMs), Math.floor((leftMs % hourMs) / minuteMs))
  return left.minutes(Math.floor(leftMs / minuteMs))
}

/** What is known about the money, in one line. */
export function moneyText(words: Catalogue, money: CaseView['money'], nowWallMs: number): string {
  const { desk } = words
  if (money.known === 'not-yet') return desk.money['not-yet'](momentText(money.wallMs, nowWallMs))
  return desk.money[money.known]
}

/** What the till does by itself next, and when. */
export function nextStepText(words: Catalogue, step: CaseView['nextStep'], inMs: number | null): string {
  if (inMs === null || inMs === 0) return words.desk.nextStep.now
  return words.desk.nextStep[step](elapsedText(inMs))
}

/** How a case that has left the list was settled. */
export function settledText(words: Catalogue, order: OrderView): string {
  const { settled, decisions } = words.desk
  const { settlement, status } = order
  if (settlement?.kind === 'by-hand') return settled.byHand(decisions[settlement.decision].name, settlement.manager)
  if (settlement?.kind === 'by-refund') return settled.byRefund(settlement.refundNumber)
  if (status === 'paid') return settled.paid
  if (status === 'failed') return settled.failed
  if (status === 'revoked') return settled.revoked[order.revokeEffect ?? 'closed']
  return words.statuses[status]
}
