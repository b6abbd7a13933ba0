/** Why an address may not be called. */
export type OriginProblem =
  | 'not-a-url'
  | 'unsupported-scheme' // neither https nor http
  | 'insecure' // plain http to another machine

/** Whether a host name, as `URL` normalises it, is this machine: `localhost`, 127.0.0.0/8 or `::1`. */
function isLoopbackHost(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(hostname)
}

/** Checks a channel's base address: https anywhere, plain http for loopback only (design §9). `undefined` = allowed. */
export function originProblem(url: string): OriginProblem | undefined {
  if (!URL.canParse(url)) return 'not-a-url'
  const { protocol, hostname } = new URL(url)
  if (protocol === 'https:') return undefined
  if (protocol !== 'http:') return 'unsupported-scheme'
  return isLoopbackHost(hostname) ? undefined : 'insecure'
}
