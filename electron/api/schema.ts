import { z } from 'zod'
import { handDecisions } from '../till/order/event.ts'
import { orderStatuses } from '../till/order/order.ts'
import { documentKinds } from '../till/receipt/document.ts'
import { roles } from '../till/staff/rights.ts'
import type { CallName, CallRefusal, Calls } from './contract.ts'
import { exportWish, historyFilter, historyPageWish } from './history-schema.ts'

/**
 * The run-time side of the contract: what a request must look like at the door (style.md §4, item 2).
 *
 * A refusal names the field and what was expected, never the value: a request may hold a payment code (I11). For the
 * same reason nothing of zod's own messages is passed on, as they may quote a key.
 */

/** Longest texts that a window may send, in UTF-16 units. */
export const requestLimits = {
  amountText: 32,
  scan: 4096,
  saleId: 64,
  orderNumber: 32,
  text: 100,
  personName: 40,
  typedName: 400,
  channel: 64,
  reason: 200,
  pin: 12,
  printerName: 40,
  differenceKey: 400,
  fileName: 255,
  /** 45,000 bytes as base64: a frame of the bridge has 64 KiB. */
  filePiece: 60_000,
  setupText: 4_000,
  secret: 20_000,
  template: 20_000,
  /** A picture in base64, far below what one frame of the bridge may hold. */
  picture: 700_000,
} as const

const percent = z.int().min(0).max(100)

const orderNumber = z
  .string()
  .regex(/^[0-9A-Za-z]+$/)
  .max(requestLimits.orderNumber)
const byOrderNumber = z.strictObject({ orderNumber }).readonly()
const byRefundNumber = z.strictObject({ refundNumber: orderNumber }).readonly() // of the same form

/** Kind, subject and copy, as `printJobId` makes it. */
const jobId = z.string().regex(/^[a-z-]{1,20}\.[0-9A-Za-z-]{1,64}\.\d{1,2}$/)

/** What a gun read: its text, or the name of what the main side holds. */
const scan = z.union([
  z.string().max(requestLimits.scan),
  z.strictObject({ held: z.string().regex(/^[0-9a-f]{16}$/) }).readonly(),
])

const saleId = z
  .string()
  .regex(/^[\x21-\x7e]+$/)
  .max(requestLimits.saleId)
const shiftId = z.string().regex(/^[0-9A-Za-z-]{1,64}$/)
const yuan = z.string().max(requestLimits.amountText)
const staffNumber = z.int().min(1).max(9_999)
const note = z.string().max(requestLimits.reason)
const dayOfChannel = {
  channel: z.string().regex(/\S/).max(requestLimits.channel),
  date: z.string().regex(/^20\d{6}$/),
}
const dropName = z.string().regex(/^[0-9a-f]{16}$/)

const writtenText = (most: number) => z.string().regex(/\S/).max(most)
const pin = z.string().max(requestLimits.pin)
/** Longer than any name that is kept: what is wrong with a name is said in words, not at the door. */
const typedName = z.string().max(requestLimits.typedName)
const role = z.enum(roles)
const manager = z.strictObject({ staffNumber: writtenText(requestLimits.personName), pin }).readonly()
const personChange = z.union([
  z.strictObject({ type: z.literal('renamed'), name: typedName }).readonly(),
  z.strictObject({ type: z.literal('role-changed'), role }).readonly(),
  z.strictObject({ type: z.enum(['left', 'returned']) }).readonly(),
])

const setupName = z.string().regex(/^[0-9A-Za-z_-]{1,64}$/)
const setupTexts = z.record(setupName, z.string().max(requestLimits.setupText)).readonly()
const setupKind = { kind: setupName, api: setupName.nullable() }

const receiptWish = { orderNumber, refundNumber: orderNumber.nullable() }
const template = { kind: z.enum(documentKinds), paper: z.literal([58, 80]) }
const templateText = z.string().max(requestLimits.template)
const picture = z
  .string()
  .regex(/^[A-Za-z0-9+/]+={0,2}$/)
  .max(requestLimits.picture)

const schemas = {
  'till.opening': z.null(),
  'till.open-again': z.null(),
  'till.snapshot': z.null(),
  'sale.scan': z
    .strictObject({
      amountText: z.string().max(requestLimits.amountText),
      scan,
      saleId: saleId.nullable(),
      anotherCustomer: z.boolean(),
    })
    .readonly(),
  'order.query': byOrderNumber,
  'order.revoke': byOrderNumber,
  'order.park': byOrderNumber,
  'order.unpark': byOrderNumber,
  'orders.list': z
    .strictObject({
      day: z
        .string()
        .regex(/^\d{8}$/)
        .nullable(),
      status: z.enum(orderStatuses).nullable(),
      text: z.string().max(requestLimits.text).nullable(),
    })
    .readonly(),
  'history.page': historyPageWish,
  'history.totals': z.strictObject({ filter: historyFilter }).readonly(),
  'history.allow': z.strictObject({ manager }).readonly(),
  'exports.write': z
    .strictObject({ wish: exportWish, format: z.enum(['xlsx', 'csv']), language: z.enum(['zh-CN', 'en']) })
    .readonly(),
  'orders.unreadable': z.null(),
  'order.show': byOrderNumber,
  'evidence.export': byOrderNumber,
  'cases.list': z.null(),
  'case.take': z.strictObject({ orderNumber, owner: writtenText(requestLimits.personName) }).readonly(),
  'case.settle': z
    .strictObject({
      orderNumber,
      decision: z.enum([...handDecisions, 'refund']),
      reason: writtenText(requestLimits.reason),
      managerName: writtenText(requestLimits.personName),
      pin,
    })
    .readonly(),
  'case.slip': z.strictObject({ orderNumber, language: z.enum(['zh-CN', 'en']) }).readonly(),
  'rescue.find': z.strictObject({ text: scan }).readonly(),
  'pin.state': z.null(),
  'pin.set': z.strictObject({ pin, again: pin }).readonly(),
  'channels.list': z.null(),
  'channels.test': z.strictObject({ channel: writtenText(requestLimits.channel) }).readonly(),
  'scanners.list': z.null(),
  'scanners.found': z.null(),
  'scan.try': z.strictObject({ scan }).readonly(),
  'sound.keep': z.strictObject({ on: z.boolean(), tonesPercent: percent, voicePercent: percent }).readonly(),
  'scanners.set-key-gap': z.strictObject({ keyGapMs: z.int().min(1).max(1_000) }).readonly(),
  'practice.codes': z.null(),
  'refund.start': z
    .strictObject({
      orderNumber,
      amountText: z.string().max(requestLimits.amountText),
      reason: z.string().max(requestLimits.text),
      manager: manager.nullable(),
    })
    .readonly(),
  'refund.list': byOrderNumber,
  'refund.query': byRefundNumber,
  'refund.retry': byRefundNumber,
  'print.state': z.null(),
  'print.jobs-of-order': byOrderNumber,
  'print.receipt': z.strictObject({ orderNumber, refundNumber: orderNumber.nullable() }).readonly(),
  'print.test-page': z.strictObject({ printer: writtenText(requestLimits.printerName) }).readonly(),
  'print.looked-at': z.strictObject({ jobId, didPrint: z.boolean() }).readonly(),
  'print.cancel': z.strictObject({ jobId }).readonly(),
  'staff.state': z.null(),
  'staff.set-up': z.strictObject({ name: typedName, pin, again: pin }).readonly(),
  'staff.sign-in': z.strictObject({ number: staffNumber, pin }).readonly(),
  'staff.lock': z.null(),
  'staff.touch': z.null(),
  'staff.list': z.null(),
  'staff.add': z.strictObject({ name: typedName, role, pin, again: pin, manager }).readonly(),
  'staff.change': z.strictObject({ number: staffNumber, change: personChange, manager }).readonly(),
  'staff.set-pin': z.strictObject({ number: staffNumber, pin, again: pin, proof: manager }).readonly(),
  'shift.state': z.null(),
  'shift.open': z.strictObject({ floatText: yuan.nullable() }).readonly(),
  'shift.hand-over': z.strictObject({ to: staffNumber, pin, countedText: yuan.nullable() }).readonly(),
  'shift.close': z.strictObject({ countedText: yuan.nullable(), reason: note, manager: manager.nullable() }).readonly(),
  'shift.resume': z.null(),
  'shift.report': z.strictObject({ shiftId: shiftId.nullable(), manager: manager.nullable() }).readonly(),
  'shift.list': z.strictObject({ before: z.int().min(0).nullable() }).readonly(),
  'shift.print': z.strictObject({ shiftId, manager: manager.nullable() }).readonly(),
  'cash.take': z
    .strictObject({ saleId: saleId.nullable(), saleAmountText: yuan, amountText: yuan, givenText: yuan })
    .readonly(),
  'cash.return': z.strictObject({ saleId, amountText: yuan, reason: note, manager: manager.nullable() }).readonly(),
  'cash.move': z
    .strictObject({
      kind: z.enum(['paid-in', 'paid-out', 'drawer-opened']),
      amountText: yuan,
      reason: note,
      manager: manager.nullable(),
    })
    .readonly(),
  'cash.of-sale': z.strictObject({ saleId }).readonly(),
  'cash.unfinished': z.null(),
  'reconcile.days': z.strictObject({ newest: dayOfChannel.date.nullable() }).readonly(),
  'reconcile.day': z.strictObject(dayOfChannel).readonly(),
  'reconcile.run': z.strictObject(dayOfChannel).readonly(),
  'reconcile.handed': z.null(),
  'reconcile.stop': z.null(),
  'reconcile.act': z
    .strictObject({
      ...dayOfChannel,
      key: z.string().max(requestLimits.differenceKey),
      act: z.enum(['settle-case', 'query-again', 'mark-seen', 'hand-to-desk', 'load-other-day', 'load-again']),
      reason: z.string().max(requestLimits.reason),
    })
    .readonly(),
  'reconcile.sign-off': z
    .strictObject({
      ...dayOfChannel,
      run: z.int().min(1),
      note: z.string().max(requestLimits.reason),
      proof: z.strictObject({ staffNumber: writtenText(requestLimits.personName), pin }).readonly(),
    })
    .readonly(),
  'reconcile.drop-file': z.discriminatedUnion('step', [
    z
      .strictObject({
        step: z.literal('begin'),
        name: z.string().max(requestLimits.fileName),
        bytes: z.int().min(0),
      })
      .readonly(),
    z
      .strictObject({
        step: z.literal('piece'),
        drop: dropName,
        offset: z.int().min(0),
        base64: z
          .string()
          .regex(/^[A-Za-z0-9+/]+={0,2}$/)
          .max(requestLimits.filePiece),
      })
      .readonly(),
    z.strictObject({ step: z.literal('end'), drop: dropName, ...dayOfChannel }).readonly(),
  ]),
  'reconcile.report': z.strictObject({ ...dayOfChannel, language: z.enum(['zh-CN', 'en']) }).readonly(),
  'pos.refuse': z.strictObject({ reference: z.string().regex(/^[0-9A-Za-z][0-9A-Za-z._-]{0,63}$/) }).readonly(),
  'setup.state': z.null(),
  'setup.take-file': z
    .strictObject({
      ...setupKind,
      isFirst: z.boolean(),
      file: z
        .strictObject({
          name: z.string().max(requestLimits.fileName),
          base64: z
            .string()
            .regex(/^[A-Za-z0-9+/]*={0,2}$/)
            .max(requestLimits.filePiece),
        })
        .readonly(),
    })
    .readonly(),
  'setup.save-place': z
    .strictObject({
      storeId: z.string().max(requestLimits.text),
      storeName: z.string().max(requestLimits.text),
      tillId: z.string().max(requestLimits.text),
      language: z.enum(['zh-CN', 'en']),
      manager,
    })
    .readonly(),
  'setup.save-channel': z
    .strictObject({
      id: z.string().max(requestLimits.channel),
      ...setupKind,
      texts: setupTexts,
      secrets: z.record(setupName, z.string().max(requestLimits.secret)).readonly(),
      withFiles: z.boolean(),
      isUntested: z.boolean(),
      manager,
    })
    .readonly(),
  'setup.found-printers': z.null(),
  'setup.save-printer': z
    .strictObject({
      before: z.string().max(260).nullable(),
      printer: z
        .strictObject({
          name: z.string().max(40),
          kind: z.enum(['tcp', 'serial', 'device-file', 'spooler']),
          at: z.string().max(260),
          profile: z.string().max(60),
          drawer: z.boolean(),
        })
        .readonly(),
      isUntested: z.boolean(),
      manager,
    })
    .readonly(),
  'setup.remove-printer': z.strictObject({ label: z.string().max(260), manager }).readonly(),
  'desktop.state': z.null(),
  'desktop.install-update': z.strictObject({ manager: manager.nullable() }).readonly(),
  'desktop.leave-kiosk': z.strictObject({ manager: manager.nullable() }).readonly(),
  'system.state': z.null(),
  'system.support-file': z.strictObject({ manager: manager.nullable() }).readonly(),
  'receipt.show': z.strictObject(receiptWish).readonly(),
  'receipt.save': z.strictObject({ ...receiptWish, png: picture }).readonly(),
  'receipt.templates': z.null(),
  'receipt.template-preview': z.strictObject({ ...template, text: templateText }).readonly(),
  'receipt.template-save': z.strictObject({ ...template, text: templateText }).readonly(),
  'receipt.template-reset': z.strictObject(template).readonly(),
  'receipt.logo': z.strictObject({ png: picture.nullable() }).readonly(),
  'display.receipt': byOrderNumber,
} as const satisfies { readonly [Name in CallName]: z.ZodType<Calls[Name]['request']> }

type Same<Left, Right> = [Left, Right] extends [Right, Left] ? true : false
type Nothing<Names extends never> = Names

/**
 * `satisfies` finds a missing call and a wrong field; this finds the rest: a call or a field that the contract no longer
 * has, a narrower type. When it is a type error, the error names the call that has drifted.
 */
export type DriftedCalls = Nothing<
  | Exclude<keyof typeof schemas, CallName>
  | {
      [Name in CallName]: Same<z.output<(typeof schemas)[Name]>, Calls[Name]['request']> extends true ? never : Name
    }[CallName]
>

/** Every call's name at run time. */
export const callNames = Object.keys(schemas) as readonly CallName[] // the keys are exactly CallName, see above

export type RequestReading<Name extends CallName> =
  | { readonly ok: true; readonly request: Calls[Name]['request'] }
  | { readonly ok: false; readonly refusal: CallRefusal }

/** Whether the contract has a call of this name. */
export function isCallName(name: unknown): name is CallName {
  return typeof name === 'string' && Object.hasOwn(schemas, name)
}

/**
 * Checks what a window sent for a call: the request as the contract types it, or a refusal that names the field and
 * what was expected there. Never throws, whatever comes.
 */
export function parseRequest<Name extends CallName>(name: Name, value: unknown): RequestReading<Name> {
  if (!isCallName(name)) return { ok: false, refusal: { code: 'unknown-call' } }
  // The table's entry for `name` has this output type (see `satisfies`); TypeScript cannot follow it through the index.
  const schema = schemas[name] as unknown as z.ZodType<Calls[Name]['request']>
  const result = schema.safeParse(value)
  if (result.success) return { ok: true, request: result.data }
  const issue = result.error.issues[0]
  return {
    ok: false,
    refusal: { code: 'bad-request', field: issue?.path.map(String).join('.') ?? '', expected: expectation(issue) },
  }
}

function expectation(issue: z.core.$ZodIssue | undefined): string {
  switch (issue?.code) {
    case 'invalid_type':
      return issue.expected
    case 'invalid_union':
      // The first form is the usual one, and the one that a mistake is measured by.
      return expectation(issue.errors[0]?.[0])
    case 'too_big':
      return `at most ${issue.maximum} characters`
    case 'invalid_format':
      return issue.pattern ?? issue.format
    case 'invalid_value':
      return `one of ${issue.values.map(String).join(', ')}`
    case 'unrecognized_keys':
      return 'no other fields'
    default:
      return 'another value'
  }
}
