/** The body as UTF-8 text without its byte order mark; `undefined` when the bytes are not UTF-8. Never throws. */
export function utf8Text(body: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body)
  } catch {
    return undefined
  }
}

/**
 * A text that any wallet accepts: no control characters, nothing outside the basic plane (emoji, rare ideographs;
 * wechat.md §1.3, alipay.md §8 pitfall 6), single blanks.
 */
export function plainText(text: string): string {
  return text
    .replace(/[\u{10000}-\u{10FFFF}]/gu, ' ')
    .replace(/[\p{Cc}\p{Cs}\uFFFE\uFFFF]/gu, ' ')
    .replace(/\s+/gu, ' ')
    .trim()
}

/** The longest beginning of a text that takes no more than `longestBytes` bytes in UTF-8. */
export function withinBytes(text: string, longestBytes: number): string {
  let kept = ''
  let bytes = 0
  for (const character of text) {
    bytes += Buffer.byteLength(character)
    if (bytes > longestBytes) break
    kept += character
  }
  return kept.trim()
}

/** A label of letters, digits, `_` and `-` as it is, or `undefined`: optional fields are left out, not bent. */
export function plainLabel(text: string, longest: number): string | undefined {
  return text.length <= longest && /^[A-Za-z0-9_-]+$/.test(text) ? text : undefined
}
