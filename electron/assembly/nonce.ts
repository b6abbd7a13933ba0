import { randomBytes, randomInt } from 'node:crypto'

const letters = '0123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz'

/** 32 random letters and digits, fresh for each request. */
export function randomNonce(): string {
  return Array.from({ length: 32 }, () => letters[randomInt(letters.length)]).join('')
}

/** A sale's id: random, so that tills never meet. */
export function randomSaleId(): string {
  return `sale-${randomBytes(9).toString('base64url')}`
}
