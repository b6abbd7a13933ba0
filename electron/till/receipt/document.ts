/** Languages that receipts are written in. */
export const receiptLanguages = ['zh-CN', 'en'] as const
export type ReceiptLanguage = (typeof receiptLanguages)[number]

/** What stands on every paper. `training` and `copy` are there only on a training paper and on a copy (补打). */
const onEveryPaper = ['storeName', 'title', 'tillName', 'printed', 'training', 'copy'] as const

const onPaymentPapers = ['amount', 'time', 'wallet', 'orderNumber', 'transactionId', 'staff'] as const

/**
 * What each document can say: the names of its fields, and of its lists with what each entry has. A template may name
 * these and no others.
 */
export const documentShapes = {
  sale: {
    fields: [...onEveryPaper, ...onPaymentPapers, 'outcome', 'signedText'],
    lists: { goods: ['name', 'quantity', 'amount'] },
  },
  refund: {
    fields: [...onEveryPaper, ...onPaymentPapers, 'outcome', 'refundNumber', 'paidAmount', 'reason', 'manager'],
    lists: {},
  },
  revocation: { fields: [...onEveryPaper, ...onPaymentPapers, 'outcome', 'explanation'], lists: {} },
  'case-slip': {
    fields: [...onEveryPaper, ...onPaymentPapers, 'doNotPay', 'known', 'next', 'until', 'owner', 'keep'],
    lists: {},
  },
  'shift-report': {
    fields: [
      ...onEveryPaper,
      'shiftNumber',
      'opened',
      'openedBy',
      'closed',
      'closedBy',
      'supplement',
      'salesTotal',
      'salesCount',
      'refundsTotal',
      'refundsCount',
      'netTotal',
      'cashFloat',
      'cashExpected',
      'cashCounted',
      'cashDifference',
      'inFlightCount',
    ],
    lists: {
      tenders: ['name', 'salesCount', 'sales', 'refundsCount', 'refunds', 'net'],
      inFlight: ['orderNumber', 'amount'],
    },
  },
  'test-page': {
    fields: [...onEveryPaper, 'profile', 'columns', 'encoding', 'ruler', 'code'],
    lists: { samples: ['name', 'text'] },
  },
  'practice-codes': { fields: [...onEveryPaper, 'note'], lists: { codes: ['name', 'digits'] } },
} as const satisfies Readonly<Record<string, DocumentShape>>

/** Fields that some papers have nothing to say in; every other field is on every paper of its kind. */
export const optionalFields: ReadonlySet<string> = new Set([
  'training',
  'copy',
  'transactionId',
  'staff',
  'signedText',
  'reason',
  'manager',
  'owner',
  'openedBy',
  'closed',
  'closedBy',
  'supplement',
  'cashFloat',
  'cashExpected',
  'cashCounted',
  'cashDifference',
  'inFlightCount',
])

/** The names that a document has. */
export type DocumentShape = {
  readonly fields: readonly string[]
  readonly lists: Readonly<Record<string, readonly string[]>>
}

export type DocumentKind = keyof typeof documentShapes

// Object.keys forgets the names of a closed object.
export const documentKinds = Object.keys(documentShapes) as readonly DocumentKind[]

type FieldOf<Kind extends DocumentKind> = (typeof documentShapes)[Kind]['fields'][number]

type ListsOf<Kind extends DocumentKind> = {
  readonly [List in keyof (typeof documentShapes)[Kind]['lists']]: readonly Readonly<
    Record<
      (typeof documentShapes)[Kind]['lists'][List] extends readonly (infer Name extends string)[] ? Name : never,
      string
    >
  >[]
}

/**
 * A paper as data: what it says, by name, in one language; how it looks is the template's. Every text is ready to be read,
 * and none is trusted: names may hold anything.
 */
export type ReceiptDocument = {
  readonly kind: DocumentKind
  readonly language: ReceiptLanguage
  /** A field that has nothing to say on this paper is missing. */
  readonly fields: Readonly<Record<string, string>>
  readonly lists: Readonly<Record<string, readonly Readonly<Record<string, string>>[]>>
}

/** Makes a document; every field of its kind must be given, null where it has nothing to say. */
export function makeDocument<Kind extends DocumentKind>(
  kind: Kind,
  language: ReceiptLanguage,
  fields: Readonly<Record<FieldOf<Kind>, string | null>>,
  lists: ListsOf<Kind>,
): ReceiptDocument {
  const said: Record<string, string> = {}
  for (const [name, text] of Object.entries<string | null>(fields)) if (text !== null) said[name] = text
  return { kind, language, fields: said, lists }
}
