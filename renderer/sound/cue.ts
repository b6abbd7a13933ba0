import { isEndScene, type Scene, sceneOf } from '../counter/scene.ts'
import { awayCount } from '../lines/trouble.ts'
import { printingCue } from '../printing/state.ts'
import { type AppState, orderAtCounter } from '../till/store.ts'
import type { Tone } from './tones.ts'

/** The counter's scene in a state of the application. */
export const sceneIn = (app: AppState): Scene => sceneOf(app.counter, orderAtCounter(app), app.till.connection)

const orderIn = (app: AppState): string | null => orderAtCounter(app)?.orderNumber ?? null

const refusedNotices = new Set([
  'code-problem',
  'wallet-not-configured',
  'scan-unused',
  'scan-needs-amount',
  'scan-needs-confirmed-amount',
])

const attentionCount = (app: AppState): number =>
  Object.values(app.till.orders).filter(({ view }) => view.status === 'attention').length

/** What should be heard because of a change; null for nothing. Bringing back an ended order is silent. */
export function cueFor(before: AppState, after: AppState): Tone | null {
  const scene = sceneIn(after)
  const was = sceneIn(before)
  const changed = scene !== was || orderIn(before) !== orderIn(after)
  const broughtBack =
    after.counter.step.kind === 'order' &&
    after.counter.step.hint === 'brought-back' &&
    orderIn(before) !== orderIn(after)
  if (changed && isEndScene(scene) && !broughtBack) return scene
  if (changed && (scene === 'cash-due' || scene === 'cash-paid')) return 'paid'
  if (changed && scene === 'cash-owed-back') return 'failed'
  const [awayBefore, awayNow] = [awayCount(before.till.snapshot?.readiness), awayCount(after.till.snapshot?.readiness)]
  if (awayNow > awayBefore) return 'lines-lost'
  if (awayNow < awayBefore) return 'lines-back'
  if (after.till.ended.length > before.till.ended.length) return 'parked-ended'
  if (attentionCount(after) > attentionCount(before) && scene !== 'attention') return 'attention'
  const printing = printingCue(before.printing.view, after.printing.view)
  if (printing !== null) return printing
  if (changed && scene === 'unknown') return 'unknown'
  if (changed && scene === 'sending' && was === 'scan') return 'scanned'
  if (changed && (scene === 'former-open' || scene === 'refused')) return 'refused'
  const { notice } = after.counter
  if (notice && notice.id !== before.counter.notice?.id && refusedNotices.has(notice.kind)) return 'refused'
  return null
}
