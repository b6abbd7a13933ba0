import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { DesktopHost } from '../../assembly/desktop-host.ts'
import { fakeTill } from '../fake-till.fixture.ts'
import type { OpenTillOptions } from '../service.ts'
import * as electron from './electron-stand-in.fixture.ts'
import { startInStandIn } from './started-till.fixture.ts'

/** Starts a till that asks for the kiosk while it opens, as `openTill` does. */
async function started(context: Parameters<typeof startInStandIn>[0], wantsKiosk: boolean) {
  const begun = await startInStandIn(context, {
    openTill: async (options: OpenTillOptions) => {
      if (wantsKiosk) options.desktop?.enterKiosk()
      return { ok: true, service: fakeTill() }
    },
  })
  const desktop = begun.opened[0]?.desktop
  assert.ok(desktop)
  return { window: begun.window, desktop: desktop satisfies DesktopHost }
}

test('in kiosk mode the window has the whole screen, no developer tools, and no key closes it', async (t) => {
  const { window, desktop } = await started(t, true)
  assert.equal(window.options.kiosk, true)
  assert.equal(window.options.webPreferences?.devTools, false)
  assert.ok(desktop.isKiosk())
  assert.ok(electron.preventable(window, 'close'))
})

test('left by a manager, the window is one like others and closes', async (t) => {
  const { window, desktop } = await started(t, true)
  desktop.leaveKiosk()
  assert.equal(window.kiosk, false)
  assert.ok(!desktop.isKiosk())
  assert.ok(!electron.preventable(window, 'close'))
})

test('a signal or the system’s own end closes a kiosk still', async (t) => {
  const { window } = await started(t, true)
  electron.appEvents.emit('before-quit')
  assert.ok(!electron.preventable(window, 'close'))
})

test('a usual till is a usual window, until its settings say otherwise at a later opening', async (t) => {
  const { window, desktop } = await started(t, false)
  assert.equal(window.options.kiosk, false)
  assert.equal(window.options.webPreferences?.devTools, true)
  assert.ok(!electron.preventable(window, 'close'))
  desktop.enterKiosk()
  assert.equal(window.kiosk, true)
  assert.ok(electron.preventable(window, 'close'))
})
