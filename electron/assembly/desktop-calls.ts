import type { Calls, DesktopResult } from '../api/contract.ts'
import { hindrancesOf, type UpdateHindrance } from '../till/updates/update-gate.ts'
import type { AssembledTill } from './assemble.ts'
import type { DesktopHost } from './desktop-host.ts'
import { permission } from './permission.ts'

type DesktopCall = Extract<keyof Calls, `desktop.${string}`>
type DesktopHandlers = {
  readonly [Name in DesktopCall]: (request: Calls[Name]['request']) => Promise<Calls[Name]['reply']>
}

type WorkingTill = Pick<AssembledTill, 'runner' | 'printing' | 'shifts' | 'trouble' | 'updates'>
type DesktopTill = WorkingTill & Pick<AssembledTill, 'staff' | 'signIn' | 'settings'>

/** The calls about the program: a new version, and the full screen. Each change is a manager's where there is staff. */
export function desktopCalls(till: DesktopTill, desktop: DesktopHost | null): DesktopHandlers {
  const { updates } = till
  return {
    'desktop.state': async () => {
      const version = updates.ready()
      const update = version === null ? null : { version, hindrances: await hindrancesNow(till) }
      return { update, isKiosk: desktop?.isKiosk() ?? false }
    },
    'desktop.install-update': async ({ manager }): Promise<DesktopResult> => {
      const version = updates.ready()
      if (desktop === null || version === null) return { kind: 'nothing-to-do' }
      // Before the PIN: nobody should give one for what is refused anyhow.
      const hindrances = await hindrancesNow(till)
      if (hindrances.length > 0) return { kind: 'not-now', hindrances }
      const allowed = await permission(till, { act: 'install-update', reason: `version ${version}` }, manager)
      if (allowed.kind === 'refused') return allowed.refusal
      updates.restartAfterwards()
      // The answer reaches the window before it goes.
      setImmediate(() => desktop.quit())
      return { kind: 'done' }
    },
    'desktop.leave-kiosk': async ({ manager }): Promise<DesktopResult> => {
      if (desktop?.isKiosk() !== true) return { kind: 'nothing-to-do' }
      const allowed = await permission(till, { act: 'leave-kiosk', reason: 'leave the full screen' }, manager)
      if (allowed.kind === 'refused') return allowed.refusal
      desktop.leaveKiosk()
      return { kind: 'done' }
    },
  }
}

/** At the till's end, while its books are open still: a version that waits goes in where nothing holds it. */
export async function installAtEnd(till: WorkingTill): Promise<void> {
  if (till.updates.ready() === null) return
  if ((await hindrancesNow(till)).length === 0) till.updates.installAfterClosing()
}

async function hindrancesNow({ runner, printing, shifts, trouble }: WorkingTill): Promise<readonly UpdateHindrance[]> {
  const shift = await shifts.current()
  return hindrancesOf({
    orders: runner.open().map(({ status }) => status),
    refunds: runner.openRefunds().map(({ status }) => status),
    prints: printing.open().map(({ status }) => status),
    shift: shift.ok ? (shift.value?.status ?? null) : 'unknown',
    isLedgerInTrouble: trouble() !== null,
  })
}
