/**
 * What every answer of a host says about the page, the same in both hosts (platform.md §4, §10).
 *
 * Everything comes from the till itself and nothing is inline, neither scripts nor styles. `data:` pictures are the
 * practice codes and icons that the build has put into the style sheet.
 */
export const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self' data:",
  "media-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

/** The headers that go with every answer, an error's too. */
export const pageHeaders = {
  'content-security-policy': contentSecurityPolicy,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=(), hid=(), serial=(), usb=(), payment=()',
  'cache-control': 'no-store',
} as const
