import type { Bridge, CallAnswer, CallName, Calls, EventName, TillEvents } from './contract.ts'

/**
 * How the contract travels when the app runs in a browser (platform.md §4), and under which name Electron's preload
 * offers it. Types only, like the contract itself.
 *
 * Choosing: `window.scantill` is there in Electron and is the `Bridge` itself; where it is missing, the page opens a
 * WebSocket to `/bridge` of its own origin (`ws://` + `location.host`) and makes a `Bridge` of it. The session cookie
 * goes along by itself; there is no token in a script's reach.
 *
 * Messages are JSON, one object a text frame:
 * - window to host: `CallMessage`. `id` is any integer that the window has not used on this connection.
 * - host to window: `AnswerMessage` with the same `id`, in any order, one for each call, never silence; and
 *   `EventMessage`, unasked, for every event of the contract from the moment the connection is open.
 *   A frame that is not a `CallMessage` is answered with `id: null` and a refusal. A frame above 64 KiB ends the
 *   connection (code 1009).
 *
 * An open connection is not yet the till: the first message is. A second window's connection opens too, and then ends
 * with `another-window` before anything was said; so a window counts as connected when its first answer has come.
 *
 * Reconnecting: when the connection ends, the calls that were on their way are lost and nobody knows whether they were
 * done; settle each with `{ ok: false, refusal: { code: 'failed', … } }`, connect again, and take a fresh
 * `till.snapshot` at every (re)connection before trusting the screen, since events may have been missed. Try again
 * after 250 ms, doubling to 2 s at most; after `another-window`, each 2 s (the other window may go). The end of a
 * refused connection attempt itself (no cookie, wrong origin) has code 1006, as a host that is gone: the page then says
 * that the till is not running.
 */

/** Where the WebSocket lives on the page's own origin. */
export type BridgePath = '/bridge'

/** What Electron's preload puts on `window`; absent in a browser. */
export type BridgeGlobal = { readonly scantill?: Bridge }

/** A call on its way to the host. */
export type CallMessage<Name extends CallName = CallName> = {
  [Each in Name]: { readonly id: number; readonly name: Each; readonly request: Calls[Each]['request'] }
}[Name]

/** What a call came to; `id` is null when the frame held no readable id. */
export type AnswerMessage<Name extends CallName = CallName> = {
  [Each in Name]: { readonly id: number | null; readonly answer: CallAnswer<Each> }
}[Name]

/** An event of the contract. */
export type EventMessage<Name extends EventName = EventName> = {
  [Each in Name]: { readonly event: Each; readonly payload: TillEvents[Each] }
}[Name]

/** Everything that the host sends. */
export type HostMessage = AnswerMessage | EventMessage

/**
 * Why the host ended a connection that it had accepted: the WebSocket's close code, and its `reason` text.
 *
 * - 1001 `stopping`: the till is being closed.
 * - 1009: a frame was too large.
 * - 1011 `bug`: the till had something to say that JSON cannot carry; connect again.
 * - 1013 `too-slow`: the window did not take its events in time; connect again.
 * - 4409 `another-window`: another window has the till. Nothing was called.
 */
export type BridgeClose =
  | { readonly code: 1001; readonly reason: 'stopping' }
  | { readonly code: 1009; readonly reason: string }
  | { readonly code: 1011; readonly reason: 'bug' }
  | { readonly code: 1013; readonly reason: 'too-slow' }
  | { readonly code: 4409; readonly reason: 'another-window' }
