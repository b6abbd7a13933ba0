import { contextBridge, ipcRenderer } from 'electron'
import type { Bridge, CallAnswer, CallName, EventName, TillEvents } from './api/contract.ts'

/**
 * The window's door in Electron: a closed object under `window.scantill`, two functions and two lists of names. Neither
 * `ipcRenderer` nor an event object ever reaches the page (platform.md §10). Bundled to one CommonJS file, as a sandboxed
 * preload has to be; it may use nothing but `electron`.
 */

const callNames: Readonly<Record<CallName, true>> = {
  'till.opening': true,
  'till.open-again': true,
  'till.snapshot': true,
  'sale.scan': true,
  'order.query': true,
  'order.revoke': true,
  'order.park': true,
  'order.unpark': true,
  'orders.list': true,
  'history.page': true,
  'history.totals': true,
  'history.allow': true,
  'exports.write': true,
  'orders.unreadable': true,
  'order.show': true,
  'evidence.export': true,
  'cases.list': true,
  'case.take': true,
  'case.settle': true,
  'case.slip': true,
  'rescue.find': true,
  'pin.state': true,
  'pin.set': true,
  'channels.list': true,
  'channels.test': true,
  'scanners.list': true,
  'scanners.found': true,
  'scanners.set-key-gap': true,
  'sound.keep': true,
  'scan.try': true,
  'practice.codes': true,
  'refund.start': true,
  'refund.list': true,
  'refund.query': true,
  'refund.retry': true,
  'print.state': true,
  'print.jobs-of-order': true,
  'print.receipt': true,
  'print.test-page': true,
  'print.looked-at': true,
  'print.cancel': true,
  'staff.state': true,
  'staff.set-up': true,
  'staff.sign-in': true,
  'staff.lock': true,
  'staff.touch': true,
  'staff.list': true,
  'staff.add': true,
  'staff.change': true,
  'staff.set-pin': true,
  'setup.state': true,
  'setup.take-file': true,
  'setup.save-place': true,
  'setup.save-channel': true,
  'setup.found-printers': true,
  'setup.save-printer': true,
  'setup.remove-printer': true,
  'shift.state': true,
  'shift.open': true,
  'shift.hand-over': true,
  'shift.close': true,
  'shift.resume': true,
  'shift.report': true,
  'shift.list': true,
  'shift.print': true,
  'cash.take': true,
  'cash.return': true,
  'cash.move': true,
  'cash.of-sale': true,
  'cash.unfinished': true,
  'reconcile.days': true,
  'reconcile.day': true,
  'reconcile.run': true,
  'reconcile.handed': true,
  'reconcile.stop': true,
  'reconcile.act': true,
  'reconcile.sign-off': true,
  'reconcile.drop-file': true,
  'reconcile.report': true,
  'desktop.state': true,
  'desktop.install-update': true,
  'desktop.leave-kiosk': true,
  'system.state': true,
  'system.support-file': true,
  'receipt.show': true,
  'receipt.save': true,
  'receipt.templates': true,
  'receipt.template-preview': true,
  'receipt.template-save': true,
  'receipt.template-reset': true,
  'receipt.logo': true,
  'pos.refuse': true,
  'display.receipt': true,
}

const eventNames: Readonly<Record<EventName, true>> = {
  'order.changed': true,
  'readiness.changed': true,
  'refund.changed': true,
  'scan.arrived': true,
  'scanners.changed': true,
  'print.changed': true,
  'staff.changed': true,
  'shift.changed': true,
  'reconcile.changed': true,
  'pos.changed': true,
}

type Listeners = { readonly [Name in EventName]: Set<(event: TillEvents[Name]) => void> }

const listeners: Listeners = {
  'order.changed': new Set(),
  'readiness.changed': new Set(),
  'refund.changed': new Set(),
  'scan.arrived': new Set(),
  'scanners.changed': new Set(),
  'print.changed': new Set(),
  'staff.changed': new Set(),
  'shift.changed': new Set(),
  'reconcile.changed': new Set(),
  'pos.changed': new Set(),
}

function listenTo<Name extends EventName>(name: Name): void {
  ipcRenderer.on(name, (_event, payload: TillEvents[Name]) => {
    for (const listener of [...listeners[name]]) listener(payload)
  })
}
listenTo('order.changed')
listenTo('readiness.changed')
listenTo('refund.changed')
listenTo('scan.arrived')
listenTo('scanners.changed')
listenTo('print.changed')
listenTo('staff.changed')
listenTo('shift.changed')
listenTo('reconcile.changed')
listenTo('pos.changed')

const bridge = {
  async call<Name extends CallName>(name: Name, request: unknown): Promise<CallAnswer<Name>> {
    if (!Object.hasOwn(callNames, name)) return { ok: false, refusal: { code: 'unknown-call' } }
    try {
      return await ipcRenderer.invoke(name, request)
    } catch {
      // The main side is ending, or the request cannot be cloned; the error's text stays here, it may quote the request.
      return { ok: false, refusal: { code: 'failed', detail: 'no answer from the till' } }
    }
  },
  on<Name extends EventName>(name: Name, listener: (event: TillEvents[Name]) => void): () => void {
    if (!Object.hasOwn(eventNames, name)) throw new TypeError('the till has no such event')
    // A listener of its own for each subscription, so that one ended twice does not end another's.
    const subscribed = (event: TillEvents[Name]): void => listener(event)
    listeners[name].add(subscribed)
    return () => void listeners[name].delete(subscribed)
  },
} satisfies Bridge

contextBridge.exposeInMainWorld('scantill', Object.freeze(bridge))
