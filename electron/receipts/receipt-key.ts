import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { wroteNewFile } from './receipt-files.ts'

/** The till's key for signed receipts, and what a checker needs, which may be given to anybody. */
export const receiptKeyFile = 'receipt-key.pem'
export const receiptPublicKeyFile = 'receipt-public-key.pem'

/**
 * The key of a data folder; made at the first wish, readable by the till's user alone. Rejects where the disk takes no key
 * or the file is none: a receipt without the code is better than a sale without a receipt, so callers leave it out.
 */
export async function openReceiptKey(dataDirectory: string): Promise<KeyObject> {
  const path = join(dataDirectory, receiptKeyFile)
  const known = await readFile(path, 'utf8').catch(() => null)
  if (known !== null) return createPrivateKey(known)
  const { privateKey } = generateKeyPairSync('ed25519')
  const pem = String(privateKey.export({ type: 'pkcs8', format: 'pem' }))
  await mkdir(dataDirectory, { recursive: true, mode: 0o700 })
  // Another process may have been quicker; its key stands.
  if (!(await wroteNewFile(path, pem))) return createPrivateKey(await readFile(path, 'utf8'))
  const publicPem = String(createPublicKey(privateKey).export({ type: 'spki', format: 'pem' }))
  await wroteNewFile(join(dataDirectory, receiptPublicKeyFile), publicPem)
  return privateKey
}
