import { createCipheriv, createDecipheriv, randomBytes, type ScryptOptions, scrypt } from 'node:crypto'
import { z } from 'zod'
import { jsonOf } from '../../staff/private-file.ts'

/** How a key is made from a passphrase. */
export type SealCost = { readonly n: number; readonly r: number; readonly p: number }

/** 128 MiB and some tenths of a second a try, which is what OWASP asks for at least. */
export const usualSealCost: SealCost = { n: 2 ** 17, r: 8, p: 1 }

/** A till of a later version may seal in another way. */
const sealVersion = 1

const base64 = z.string().regex(/^[A-Za-z0-9+/]+={0,2}$/)

const sealedSchema = z.strictObject({
  format: z.literal('scantill-sealed'),
  version: z.literal(sealVersion),
  cost: z.strictObject({
    n: z
      .int()
      .min(2)
      .max(2 ** 20),
    r: z.int().min(1).max(32),
    p: z.int().min(1).max(4),
  }),
  salt: base64,
  nonce: base64,
  sealed: base64,
  tag: base64,
})
type Sealed = z.output<typeof sealedSchema>

export type Unsealing =
  | { readonly kind: 'open'; readonly text: string }
  /** Another passphrase, or a file that somebody changed: nothing can tell the two apart. */
  | { readonly kind: 'wrong-passphrase' }
  | { readonly kind: 'damaged' }
  | { readonly kind: 'newer-version' }

/** Seals a text with AES-256-GCM under a key made from the passphrase; how the key was made is sealed with it. */
export async function seal(text: string, passphrase: string, cost: SealCost = usualSealCost): Promise<string> {
  const [salt, nonce] = [randomBytes(16).toString('base64'), randomBytes(12).toString('base64')]
  const head = { format: 'scantill-sealed', version: sealVersion, cost, salt, nonce } as const
  const cipher = createCipheriv('aes-256-gcm', await keyOf(passphrase, head), Buffer.from(nonce, 'base64'))
  cipher.setAAD(headBytes(head))
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]).toString('base64')
  const whole: Sealed = { ...head, sealed, tag: cipher.getAuthTag().toString('base64') }
  return `${JSON.stringify(whole, null, 2)}\n`
}

/** Opens what `seal` made. */
export async function unseal(file: string, passphrase: string): Promise<Unsealing> {
  const value = jsonOf(file)
  if (isNewer(value)) return { kind: 'newer-version' }
  const reading = sealedSchema.safeParse(value)
  if (!reading.success) return { kind: 'damaged' }
  const { sealed, tag, ...head } = reading.data
  const tagBytes = Buffer.from(tag, 'base64')
  const nonce = Buffer.from(head.nonce, 'base64')
  if (tagBytes.length !== 16 || nonce.length !== 12) return { kind: 'damaged' }
  const decipher = createDecipheriv('aes-256-gcm', await keyOf(passphrase, head), nonce)
  decipher.setAAD(headBytes(head))
  decipher.setAuthTag(tagBytes)
  try {
    return { kind: 'open', text: Buffer.concat([decipher.update(sealed, 'base64'), decipher.final()]).toString('utf8') }
  } catch {
    return { kind: 'wrong-passphrase' }
  }
}

type Head = Omit<Sealed, 'sealed' | 'tag'>

/** In one order, whatever the file's is. */
const headBytes = ({ format, version, cost: { n, r, p }, salt, nonce }: Head): Buffer =>
  Buffer.from(JSON.stringify([format, version, n, r, p, salt, nonce]))

function keyOf(passphrase: string, { cost: { n, r, p }, salt }: Pick<Head, 'cost' | 'salt'>): Promise<Buffer> {
  const options: ScryptOptions = { N: n, r, p, maxmem: 256 * n * r }
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>()
  scrypt(passphrase.normalize('NFC'), Buffer.from(salt, 'base64'), 32, options, (error, key) => {
    if (error) reject(error)
    else resolve(key)
  })
  return promise
}

const newerSchema = z.looseObject({ format: z.literal('scantill-sealed'), version: z.int().min(sealVersion + 1) })
const isNewer = (value: unknown): boolean => newerSchema.safeParse(value).success
