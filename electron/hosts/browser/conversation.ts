import { type RawData, WebSocket } from 'ws'
import type { CallAnswer, CallName, EventName, TillEvents } from '../../api/contract.ts'
import type { BridgeClose } from '../../api/wire.ts'
import { placeOfError } from '../../assembly/place-of-error.ts'
import type { Door } from '../door.ts'
import { type EventSource, forwardEvents } from '../events.ts'
import type { Report } from '../service.ts'

/** Calls of one window that may be under way at once; a till's window has two or three. */
export const callsInFlightMax = 64
/** Bytes that may wait for a window that does not read; then it must connect again and take a fresh snapshot. */
export const bytesWaitingMax = 8 * 1024 * 1024

export type Speakers = { readonly door: Door; readonly events: EventSource; readonly report: Report }

/** Carries the contract over one connection until it closes: calls in, answers and events out (wire.ts). */
export function converse(socket: WebSocket, { door, events, report }: Speakers): void {
  let callsInFlight = 0

  const send = (message: object): void => {
    if (socket.readyState !== WebSocket.OPEN) return
    const text = asJson(message)
    if (socket.bufferedAmount > bytesWaitingMax) {
      endConversation(socket, { code: 1013, reason: 'too-slow' })
    } else if (typeof text === 'string') {
      socket.send(text)
    } else {
      report(`message to the window lost: ${placeOfError(text.error)}`)
      endConversation(socket, { code: 1011, reason: 'bug' })
    }
  }

  const onMessage = async (data: RawData, isBinary: boolean): Promise<void> => {
    const call = isBinary ? null : readCall(data)
    const id = call?.id ?? null
    if (call === null || id === null) return send({ id, answer: refusal('id, name, request') })
    if (callsInFlight >= callsInFlightMax) {
      return send({ id, answer: { ok: false, refusal: { code: 'failed', detail: 'too many calls at once' } } })
    }
    callsInFlight += 1
    const answer = await door.answer(call.name, call.request, true)
    callsInFlight -= 1
    send({ id, answer })
  }

  socket.on('message', (data, isBinary) => void onMessage(data, isBinary))
  const stop = forwardEvents(events, <Name extends EventName>(event: Name, payload: TillEvents[Name]) => {
    send({ event, payload })
  })
  socket.once('close', stop)
}

/** Closes a connection with a code and a reason that the window knows. */
export function endConversation(socket: WebSocket, { code, reason }: BridgeClose): void {
  socket.close(code, reason)
}

/** The contract's values are plain JSON; one that is not is a bug, which ends a connection but never the till. */
function asJson(message: object): string | { readonly error: unknown } {
  try {
    return JSON.stringify(message)
  } catch (error) {
    return { error }
  }
}

type UncheckedCall = { readonly id: number | null; readonly name: unknown; readonly request: unknown }

function refusal(expected: string): CallAnswer<CallName> {
  return { ok: false, refusal: { code: 'bad-request', field: '', expected } }
}

/** The parts of a frame, unchecked but for the id; null when it is no JSON object. */
function readCall(data: RawData): UncheckedCall | null {
  let message: unknown
  try {
    message = JSON.parse(data.toString())
  } catch {
    return null
  }
  if (typeof message !== 'object' || message === null || Array.isArray(message)) return null
  const { id, name, request } = message as Readonly<Record<string, unknown>> // an object that is no array
  return { id: Number.isSafeInteger(id) ? (id as number) : null, name, request }
}
