import { type KeyObject, sign, verify } from 'node:crypto'
import type { OrderNumber } from '../till/ids.ts'
import { type Fen, readYuan, yuanText } from '../till/money.ts'
import { shanghaiDateTime } from '../till/time.ts'

/** What a signed text says of a paper. */
export type SignedFacts = {
  readonly kind: 'sale' | 'refund' | 'revocation'
  readonly orderNumber: OrderNumber
  readonly amountFen: Fen
  /** To the second. */
  readonly wallMs: number
}

export type SignedReading =
  | { readonly kind: 'genuine'; readonly facts: SignedFacts }
  /** It has the form, but not this shop's signature. */
  | { readonly kind: 'not-genuine' }
  | { readonly kind: 'not-a-signed-text' }

const form =
  /^(SCANTILL1 (sale|refund|revocation) ([0-9A-Za-z]{6,32}) (\d{1,14}\.\d\d) (\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)\+08:00) ([\w-]{86})$/

/**
 * A text that proves a paper without a server: what it says, readable to a person who scans it, and the shop's Ed25519
 * signature over it (RFC 8032) in base64url. About 160 bytes, which fit a QR code of level M on 58 mm paper.
 *
 * Throws for a key of another kind: a bug of the caller.
 */
export function signedText({ kind, orderNumber, amountFen, wallMs }: SignedFacts, privateKey: KeyObject): string {
  const time = shanghaiDateTime(wallMs).replace(' ', 'T')
  const said = `SCANTILL1 ${kind} ${orderNumber} ${yuanText(amountFen)} ${time}+08:00`
  return `${said} ${sign(null, Buffer.from(said), privateKey).toString('base64url')}`
}

/** Reads a scanned text back and checks its signature with the shop's public key. */
export function readSignedText(text: string, publicKey: KeyObject): SignedReading {
  const [, said = '', kind = '', orderNumber = '', yuan = '', date = '', time = '', signature = ''] =
    form.exec(text.trim()) ?? []
  const amount = readYuan(yuan)
  if (said === '' || !amount.ok) return { kind: 'not-a-signed-text' }
  if (!verify(null, Buffer.from(said), publicKey, Buffer.from(signature, 'base64url'))) return { kind: 'not-genuine' }
  const facts = {
    kind: kind as SignedFacts['kind'], // the form has no other words
    orderNumber: orderNumber as OrderNumber, // signed as one
    amountFen: amount.amountFen,
    wallMs: Date.parse(`${date}T${time}+08:00`),
  }
  return { kind: 'genuine', facts }
}
