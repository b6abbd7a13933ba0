import { randomBytes } from 'node:crypto'
import type { CallAnswer, CallName, CallRefusal } from '../api/contract.ts'
import { isCallName, parseRequest } from '../api/schema.ts'
import { placeOfError } from '../assembly/place-of-error.ts'
import type { Report, TillService } from './service.ts'

/**
 * The till's door, the same in both hosts: a call gets in when its name is known, its sender trusted and its request
 * well-formed; everything else is answered with a typed refusal, never with silence (style.md §4, item 2).
 */
export type Door = {
  /** Never rejects. `trustedSender` is the host's own verdict about where the call came from. */
  answer(name: unknown, request: unknown, trustedSender: boolean): Promise<CallAnswer<CallName>>
}

/** What shows a payment that is on its way, and what signs in: all that a till answers while nobody is signed in. */
const answeredWhileLocked: ReadonlySet<CallName> = new Set<CallName>([
  'till.opening',
  'till.open-again',
  'till.snapshot',
  'order.show',
  'scanners.list',
  'sound.keep',
  'print.state',
  'staff.state',
  'staff.sign-in',
  'staff.lock',
  'staff.touch',
  'shift.state',
])

/** Opens the door to a till; what the till could not answer is reported as a line without any of the call's content. */
export function openDoor(service: TillService, report: Report): Door {
  return {
    async answer(name, request, trustedSender) {
      if (!trustedSender) return refused({ code: 'untrusted-sender' })
      if (!isCallName(name)) return refused({ code: 'unknown-call' })
      const reading = parseRequest(name, request)
      if (!reading.ok) return refused(reading.refusal)
      if (service.isLocked?.() === true && !answeredWhileLocked.has(name)) return refused({ code: 'locked' })
      try {
        return { ok: true, reply: await service.call(name, reading.request) }
      } catch (error) {
        const reference = randomBytes(4).toString('hex')
        report(`call ${name} failed, reference ${reference}: ${placeOfError(error)}`)
        return refused({ code: 'failed', detail: `reference ${reference}` })
      }
    },
  }
}

function refused(refusal: CallRefusal): CallAnswer<CallName> {
  return { ok: false, refusal }
}
