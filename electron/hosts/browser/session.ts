import { randomBytes, timingSafeEqual } from 'node:crypto'

/**
 * Who may talk to the host (platform.md §4).
 *
 * The ticket stands in the browser's command line, which other users of the machine can read: it is good for one use.
 * What it is exchanged for, the session's secret, lives in an HttpOnly cookie and nowhere else.
 */
export type Session = {
  /** For the address that opens the first page. */
  readonly ticket: string
  /** Cookies ignore ports, and two tills on one machine must not overwrite each other's: the port is in the name. */
  readonly cookieName: string
  /** True once, for the ticket; from then on it is worthless. */
  redeem(ticket: string): boolean
  /** The `Set-Cookie` value that a redeemed ticket earns. */
  readonly setCookie: string
  /** Whether a `Cookie` header holds the session's secret. */
  holds(cookieHeader: string | undefined): boolean
}

/** A new session for a host on this port, with fresh secrets of 256 bits. */
export function createSession(port: number): Session {
  const ticket = randomBytes(32).toString('base64url')
  const secret = randomBytes(32).toString('base64url')
  const cookieName = `scantill-${port}`
  let redeemed = false
  return {
    ticket,
    cookieName,
    redeem(offered) {
      const good = sameSecret(offered, ticket) && !redeemed
      if (good) redeemed = true
      return good
    },
    setCookie: `${cookieName}=${secret}; HttpOnly; SameSite=Strict; Path=/`,
    holds: (cookieHeader) => cookieValues(cookieHeader, cookieName).some((value) => sameSecret(value, secret)),
  }
}

/** Compares without telling by its time how much was right; the length alone is no secret. */
function sameSecret(offered: string, secret: string): boolean {
  const left = Buffer.from(offered)
  const right = Buffer.from(secret)
  return left.length === right.length && timingSafeEqual(left, right)
}

function cookieValues(header: string | undefined, name: string): readonly string[] {
  return (header ?? '')
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(`${name}=`))
    .map((pair) => pair.slice(name.length + 1))
}
