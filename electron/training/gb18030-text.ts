let places: ReadonlyMap<string, readonly [number, number]> | null = null

/**
 * A text in GBK, as Alipay and UnionPay write their files. Node decodes it and does not encode it, so the two-byte codes
 * are turned round once. Throws on a character that GBK does not have: a bug of the caller's.
 */
export function gb18030Bytes(text: string): Buffer {
  places ??= twoByteCodes()
  const bytes: number[] = []
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0
    if (code < 0x80) {
      bytes.push(code)
      continue
    }
    const place = places.get(character)
    if (place === undefined) throw new RangeError('a character that GBK does not have')
    bytes.push(...place)
  }
  return Buffer.from(bytes)
}

function twoByteCodes(): ReadonlyMap<string, readonly [number, number]> {
  const decoder = new TextDecoder('gb18030')
  const codes = new Map<string, readonly [number, number]>()
  for (let first = 0x81; first <= 0xfe; first++) {
    for (let second = 0x40; second <= 0xfe; second++) {
      if (second === 0x7f) continue
      const character = decoder.decode(new Uint8Array([first, second]))
      if (!codes.has(character)) codes.set(character, [first, second])
    }
  }
  return codes
}
