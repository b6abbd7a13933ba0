import { type BackendCode, backendCodes, backendVersion } from '../../electron/channels/backend/codes.ts'
import { type ContractClient, freshText, type Told, type Tweak } from './client.ts'

/** One line of the contract test; the run gives what is wrong, or undefined. */
export type Check = { readonly name: string; readonly run: (client: ContractClient) => Promise<string | undefined> }

/** What an answer must be: its code with that code's status, the signature, and members by value. */
export type Wanted = {
  readonly code?: BackendCode
  readonly states?: readonly string[]
  readonly members?: Readonly<Record<string, string | number>>
}

/** What is wrong with an answer; undefined when it is as wanted. Quotes closed names only, never a body. */
export function breachIn(told: Told, { code = 'ok', states, members = {} }: Wanted): string | undefined {
  if (told.fields === undefined)
    return `the answer (HTTP ${told.status}) is not one JSON object without doubled members`
  if (told.code !== code) return `the code is ${JSON.stringify(told.code)}, not "${code}" (HTTP ${told.status})`
  if (told.status !== backendCodes[code]) return `HTTP ${told.status}, not ${backendCodes[code]}, with code ${code}`
  const isUnsigned = code === 'unknown-key' || code === 'bad-signature'
  if (!isUnsigned && told.signatureProblem !== undefined) return told.signatureProblem
  if (isUnsigned && told.hasSignature) return 'the answer is signed, though no key is certain'
  if (told.fields.text('version') !== backendVersion) return `version is not "${backendVersion}"`
  if (states !== undefined && !states.includes(told.state ?? '')) {
    return `the state is ${JSON.stringify(told.state)}, not ${states.map((state) => `"${state}"`).join(' or ')}`
  }
  for (const [name, value] of Object.entries(members)) {
    const found = typeof value === 'number' ? told.fields.whole(name) : told.fields.text(name)
    if (found !== value) return `${name} is ${found === undefined ? 'missing' : 'another'}`
  }
  return undefined
}

/** An order number that no server knows. */
export const freshOrderNumber = (): string => `CT${freshText().slice(0, 22).toUpperCase()}`

const queryWith = async (client: ContractClient, tweak: Tweak, wanted: Wanted): Promise<string | undefined> => {
  const orderNumber = freshOrderNumber()
  return breachIn(await client.ask('query', { orderNumber }, tweak), wanted)
}

const notFound: Wanted = { states: ['not-found'] }
/** A code that no wallet has; the requests that hold it must be refused for another reason. */
const noCode = '0000000000000000'
const payMembers = () => ({
  orderNumber: freshOrderNumber(),
  amountFen: 1,
  currency: 'CNY',
  paymentCode: noCode,
  subject: 'contract test',
})

const refusedPay = async (client: ContractClient, change: Readonly<Record<string, unknown>>, field: string) => {
  const told = await client.ask('pay', { ...payMembers(), ...change })
  if (told.text.includes(noCode)) return 'the answer repeats the payment code'
  return breachIn(told, { code: 'bad-request', members: { field } })
}

/** The checks that charge nobody, for any server. */
export const safeChecks: readonly Check[] = [
  {
    name: 'a query of an unknown order is not-found, and repeats its number',
    run: async (client) => {
      const orderNumber = freshOrderNumber()
      return breachIn(await client.ask('query', { orderNumber }), { ...notFound, members: { orderNumber } })
    },
  },
  {
    name: 'another key id is unknown-key, unsigned',
    run: (client) => queryWith(client, { keyId: 'contract-test-nobody' }, { code: 'unknown-key' }),
  },
  {
    name: 'a signature by another key is bad-signature, unsigned',
    run: (client) => queryWith(client, { key: freshText() }, { code: 'bad-signature' }),
  },
  {
    name: 'a body that is not the signed one is bad-signature',
    run: (client) => {
      const sentBody = JSON.stringify({ version: backendVersion, orderNumber: freshOrderNumber() })
      return queryWith(client, { sentBody }, { code: 'bad-signature' })
    },
  },
  ...[-360_000, 360_000].map((clockOffMs) => ({
    name: `a clock off by ${clockOffMs / 1000} s is clock-off, with serverTimeMs`,
    run: async (client: ContractClient) => {
      const told = await client.ask('query', { orderNumber: freshOrderNumber() }, { clockOffMs })
      const breach = breachIn(told, { code: 'clock-off' })
      if (breach !== undefined) return breach
      const serverTimeMs = told.fields?.whole('serverTimeMs') ?? 0
      return Math.abs(serverTimeMs - client.target.now()) > 300_000
        ? 'serverTimeMs is missing or not the time'
        : undefined
    },
  })),
  ...[-240_000, 240_000].map((clockOffMs) => ({
    name: `a clock off by ${clockOffMs / 1000} s is borne`,
    run: (client: ContractClient) => queryWith(client, { clockOffMs }, notFound),
  })),
  {
    name: 'a nonce that comes again is nonce-used',
    run: async (client) => {
      const nonce = freshText()
      return (await queryWith(client, { nonce }, notFound)) ?? queryWith(client, { nonce }, { code: 'nonce-used' })
    },
  },
  {
    name: 'another version is unsupported-version',
    run: (client) => {
      const body = JSON.stringify({ version: '9.0', orderNumber: freshOrderNumber() })
      return queryWith(client, { body }, { code: 'unsupported-version' })
    },
  },
  ...(['', 'no json', '[]', 'null', '{"version":"1.0","orderNumber":"CT1","orderNumber":"CT2"}'] as const).map(
    (body) => ({
      name: `the body ${JSON.stringify(body)} is bad-request`,
      run: (client: ContractClient) => queryWith(client, { body }, { code: 'bad-request' }),
    }),
  ),
  {
    name: 'a missing order number is bad-request and named',
    run: async (client) =>
      breachIn(await client.ask('query', {}), { code: 'bad-request', members: { field: 'orderNumber' } }),
  },
  ...([0, -1, 1.5, '1', null] as const).map((amountFen) => ({
    name: `a pay of ${JSON.stringify(amountFen)} is bad-request, charges nobody and repeats no code`,
    run: (client: ContractClient) => refusedPay(client, { amountFen }, 'amountFen'),
  })),
  {
    name: 'a pay in another currency is bad-request',
    run: (client) => refusedPay(client, { currency: 'USD' }, 'currency'),
  },
  {
    name: 'a revoke of an unknown order is accepted as closed',
    run: async (client) => {
      const orderNumber = freshOrderNumber()
      const wanted = { states: ['accepted'], members: { orderNumber, effect: 'closed' } }
      return breachIn(await client.ask('revoke', { orderNumber }), wanted)
    },
  },
  {
    name: 'a refund of an unknown order is refused',
    run: async (client) => {
      const orderNumber = freshOrderNumber()
      const members = { orderNumber, refundNumber: `${orderNumber}R1`, amountFen: 1 }
      const told = await client.ask('refund', members)
      return breachIn(told, { states: ['refused'], members: { ...members, reason: 'order-not-found' } })
    },
  },
  {
    name: 'a refund query of an unknown refund is not-found',
    run: async (client) => {
      const orderNumber = freshOrderNumber()
      const members = { orderNumber, refundNumber: `${orderNumber}R1` }
      return breachIn(await client.ask('refund-query', members), { ...notFound, members })
    },
  },
  {
    name: 'a bill is there, not ready, empty, or no-such-call',
    run: async (client) => {
      const told = await client.ask('bill', { date: '2026-01-01' })
      if (told.code === 'no-such-call') return breachIn(told, { code: 'no-such-call' })
      const states = ['ready', 'not-ready', 'none']
      const breach = breachIn(told, { states, members: { date: '2026-01-01' } })
      const hasRows = told.fields?.list('rows') !== undefined
      return breach ?? (told.state === 'ready' && !hasRows ? 'rows are missing' : undefined)
    },
  },
]
