/**
 * Whether a request may leave for this address: https anywhere, plain http to this machine only (design §9), nothing
 * else. The settings are checked for the same beforehand; here it holds whatever they say.
 */
export function isAllowedAddress(url: string): boolean {
  if (!URL.canParse(url)) return false
  const { protocol, hostname } = new URL(url)
  if (protocol === 'https:') return true
  // URL has normalised the name: 127.1, 0x7f000001 and [0:0:0:0:0:0:0:1] all arrive in their usual form.
  const isLoopback = hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname)
  return protocol === 'http:' && isLoopback
}
