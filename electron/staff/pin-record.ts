import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import { noTries } from './pin-lock.ts'

/** Why a PIN cannot be set. */
export type PinWeakness = 'not-six-digits' | 'too-easy'

const pinPattern = /^\d{6}$/
/** About 100 ms and 32 MiB a try; kept in each record, so that it can be raised later. */
const cost = { n: 2 ** 15, r: 8, p: 1 } as const
const hashBytes = 32

const base64 = z.string().regex(/^[A-Za-z0-9+/]+=*$/)
const wallMs = z.number().int().nonnegative()

const pinHash = z.strictObject({
  /** Names this setting of the PIN in the journal (I15); another PIN has another id. */
  pinId: z.string().regex(/^[0-9a-f]{12}$/),
  setWallMs: wallMs,
  salt: base64,
  hash: base64,
  cost: z.strictObject({
    n: z
      .number()
      .int()
      .min(2)
      .max(2 ** 20),
    r: z.number().int().min(1).max(32),
    p: z.number().int().min(1).max(16),
  }),
})

const pinTries = z.strictObject({
  wrong: z.number().int().nonnegative(),
  lock: z.strictObject({ sinceWallMs: wallMs, forMs: wallMs }).nullable(),
})

/** What is kept of a PIN: enough to check it, not to read it. */
export type PinHash = z.infer<typeof pinHash>

/** The single manager's PIN, of a till without staff. */
export const pinRecord = z.strictObject({ version: z.literal(1), ...pinHash.shape, tries: pinTries })

const staffNumber = z.number().int().min(1).max(9_999)

/** The PINs of all staff; which of a person's settings counts, the journal says (decision 0020). */
export const staffPinRecord = z.strictObject({
  version: z.literal(2),
  pins: z.array(z.strictObject({ number: staffNumber, ...pinHash.shape })),
  tries: z.array(z.strictObject({ number: staffNumber, ...pinTries.shape })),
})

export type StaffPinRecord = z.infer<typeof staffPinRecord>

export type PinRecord = z.infer<typeof pinRecord>

/** Whether a text has the form of a PIN; what has not can be nobody's. */
export const isPin = (text: string): boolean => pinPattern.test(text)

/** What is wrong with a new PIN, or null. */
export function pinWeakness(pin: string): PinWeakness | null {
  if (!isPin(pin)) return 'not-six-digits'
  const steps = [...pin].slice(1).map((digit, index) => Number(digit) - Number(pin[index]))
  const [first] = steps
  const isRun = steps.every((step) => step === first) && (first === 0 || first === 1 || first === -1)
  return isRun ? 'too-easy' : null
}

/** The record of a new PIN, with a salt and an id of its own. */
export async function makePinRecord(pin: string, setWallMs: number): Promise<PinRecord> {
  return { version: 1, ...(await makePinHash(pin, setWallMs)), tries: noTries }
}

/** What is kept of a new PIN, with a salt and an id of its own. */
export async function makePinHash(pin: string, setWallMs: number): Promise<PinHash> {
  const salt = randomBytes(16).toString('base64')
  const hash = (await derive(pin, { salt, cost })).toString('base64')
  return { pinId: randomBytes(6).toString('hex'), setWallMs, salt, hash, cost }
}

/** Whether the PIN is the record's; takes as long for a wrong one. */
export async function isPinOf(record: Pick<PinHash, 'hash' | 'salt' | 'cost'>, pin: string): Promise<boolean> {
  const kept = Buffer.from(record.hash, 'base64')
  const given = await derive(pin, record)
  return kept.length === given.length && timingSafeEqual(kept, given)
}

function derive(pin: string, record: Pick<PinHash, 'salt' | 'cost'>): Promise<Buffer> {
  const { n, r, p } = record.cost
  const options: ScryptOptions = { N: n, r, p, maxmem: 256 * n * r }
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>()
  scrypt(pin, Buffer.from(record.salt, 'base64'), hashBytes, options, (error, key) => {
    if (error) reject(error)
    else resolve(key)
  })
  return promise
}
