import type { FoundPrinter } from '../../native/printer/find-printers.ts'
import type { PrinterAddress, PrinterCondition } from '../../native/printer/printer.ts'

type Busy = Extract<PrinterCondition, { readonly kind: 'busy' }>['cause']
type Failing = Extract<PrinterCondition, { readonly kind: 'error' }>['cause']
type Offline = Extract<PrinterCondition, { readonly kind: 'offline' }>['cause']

const busyWords: Readonly<Record<Busy, string>> = {
  refused: 'it refuses the connection: another till or program may be printing; it is tried again',
  'no-connection': 'it does not answer the connection yet: another till or program may be printing; it is tried again',
  'in-use': 'another program has the port; close that program',
  feeding: 'somebody presses its feed button',
  working: 'it is still printing something else',
  interrupted: 'the question was stopped',
}

const errorWords: Readonly<Record<Failing, string>> = {
  cutter: 'its cutter is stuck: open the cover, free the paper, close it',
  unrecoverable: 'it has an error that only switching it off and on can end',
  'recovers-by-itself': 'it is too hot and goes on by itself',
  recoverable: 'it has an error: look at its paper and its lamps, then press its feed button',
  unnamed: 'it has an error and does not say which: look at its lamps',
  'no-drawer': 'the configuration has no "drawer" for it',
}

const offlineWords: Readonly<Record<Offline, string>> = {
  refused: 'nobody listens at this address and port',
  'no-connection': 'nothing answers at this address: is it switched on and in the network?',
  unreachable: 'there is no way to this address',
  absent: 'it is not plugged in, or has another name now; see the list of what was found',
  'no-access': 'no permission',
  'not-a-device': 'the path is no device file',
  'module-does-not-load': 'cannot be used, because the package serialport does not load here',
  'connection-lost': 'the connection broke off',
  'stopped-answering': 'it is connected and says nothing, though its model always answers: switch it off and on',
  'queue-stopped': 'its queue in the system is stopped, or holds jobs back',
  'no-spooler': 'the system’s print spooler does not run or is not installed',
  failed: 'the system refused',
}

/** A printer's condition and what to do about it, for support staff. */
export function printerConditionWords(condition: PrinterCondition, address: PrinterAddress): string {
  switch (condition.kind) {
    case 'ready':
      return condition.paperLow ? 'ready; its paper is nearly used up' : 'ready'
    case 'paper-out':
      return 'it has no paper: put a new roll in; what waits is printed then'
    case 'cover-open':
      return 'its cover is open: close it; what waits is printed then'
    case 'error':
      return errorWords[condition.cause]
    case 'busy':
      return busyWords[condition.cause]
    case 'silent':
      return 'there, and says nothing of itself: no one can tell whether a receipt came out'
    case 'offline': {
      const words = condition.cause === 'no-access' ? noAccessWords(address) : offlineWords[condition.cause]
      return condition.detail === '' ? words : `${words} (${condition.detail})`
    }
  }
}

/** The command that mends a missing right. */
export function noAccessWords(address: PrinterAddress): string {
  const group = address.kind === 'serial' ? 'dialout' : 'lp'
  const where = 'path' in address ? ` for ${address.path}` : ''
  return `no permission${where}; run: sudo usermod -aG ${group} "$USER", then log out and in`
}

/** The entry of `printers` that takes a found printer into use; its profile is for a person to choose. */
export function settingOfFound({ address }: FoundPrinter): Readonly<Record<string, unknown>> {
  const { kind } = address
  const where = kind === 'spooler' ? { queue: address.queue } : { path: address.path }
  return { kind, ...where, profile: 'generic-80' }
}
