import {
  atTheDoor,
  ended,
  type FlatSaying,
  ofOrder,
  ofRefund,
  type Saying,
  taken,
  takenIn,
  there,
} from '../wire-fault.ts'

/** What UnionPay's wire says besides the plain answer: the fields of the answer, the words for its codes are added. */
export type UnionpayWireFault = Saying<FlatSaying>

const code = (respCode: string): FlatSaying => ({ set: { respCode } })
const bareCode = (respCode: string): FlatSaying => ({ instead: true, set: { respCode } })
const state = (origRespCode: string): FlatSaying => ({ set: { origRespCode } })

/** UnionPay's doubtful and strange answers (unionpay.md §5, §6). */
export const unionpayWireFaults: readonly UnionpayWireFault[] = [
  // 00 looks whole, amount and number and all, and means no more than "accepted".
  ofOrder('pay', 'pay 00 while the payer types', '§6 P1', ['open'], {
    set: { respCode: '00', queryId: '202611230000000000001' },
  }),
  ofOrder('pay', 'pay 00 without queryId', '§11 pitfall 5', ['paid'], { without: ['queryId'] }),
  ofOrder('pay', 'pay 03', '§6 P2', taken, code('03')),
  ofOrder('pay', 'pay 04', '§6 P2', taken, code('04')),
  ofOrder('pay', 'pay 05 of a payment', '§6 P2', ['paid'], code('05')),
  ofOrder('pay', 'pay 70 of a payment', '§6 P2', ['paid'], code('70')),
  ofOrder('pay', 'pay 06', '§5', taken, code('06')),
  ofOrder('pay', 'pay 12 of its own number', '§5', taken, bareCode('12')),
  ofOrder('pay', 'pay 42, charged too late', '§5', ['paid'], code('42')),
  ofOrder('pay', 'pay 74, write-off unknown', '§5', ['paid'], code('74')),
  ofOrder('pay', 'pay with a code that nobody listed', '§5', taken, code('97')),
  ofOrder('pay', 'pay refused with 60', '§5', ['none'], code('60'), { weight: 4 }),
  ofOrder('pay', 'pay refused with 34', '§5', ['none'], bareCode('34'), { weight: 4 }),
  ofOrder('pay', 'pay 37 at the door', '§5', ['none'], bareCode('37'), atTheDoor),

  ofOrder('query', 'query 34 right after the payment', '§6 Q3', taken, bareCode('34'), {
    untilAgeMs: 8_000,
    weight: 6,
  }),
  ofOrder('query', 'query 03', '§6 Q5', taken, bareCode('03')),
  ofOrder('query', 'query 35', '§5', taken, bareCode('35')),
  ofOrder('query', 'state 05 of a payment', '§6 Q2', ['paid'], state('05'), { weight: 2 }),
  ofOrder('query', 'state 03', '§6 Q2', taken, state('03')),
  ofOrder('query', 'state 04', '§6 Q2', taken, state('04')),
  ofOrder('query', 'state 12', '§5', taken, state('12')),
  ofOrder('query', 'state 42, charged too late', '§5', ['paid'], state('42'), { weight: 2 }),
  ofOrder('query', 'state 75, write-off failed', '§5', ['paid'], state('75'), { weight: 2 }),
  ofOrder('query', 'state that nobody listed', '§5', taken, state('97')),
  ofOrder('query', 'query 00 without a state', '§6 Q1', taken, { without: ['origRespCode'] }),
  ofOrder('query', 'state 00 without an amount', '§6 Q1b', ['paid'], { without: ['txnAmt'] }, { weight: 2 }),
  ofOrder('query', 'state 00 without queryId', '§11 pitfall 5', ['paid'], { without: ['queryId'] }, { weight: 2 }),
  ofOrder('query', 'state 00 of what was reversed', '§6 R1', ['refunded'], state('00'), { weight: 2 }),
  ofOrder('query', 'state 01 of what was reversed', '§5', ['refunded'], state('01'), { weight: 2 }),
  ofOrder('query', 'query 37 at the door', '§5', there, bareCode('37'), atTheDoor),

  ofOrder('revoke', 'reversal 03, and done', '§6 R2', ended, bareCode('03')),
  ofOrder('revoke', 'reversal 05, and done', '§6 R2', ended, bareCode('05')),
  ofOrder('revoke', 'reversal 12, and done', '§5', ended, bareCode('12')),
  ofOrder('revoke', 'reversal 35, and done', '§6 R4', ended, bareCode('35')),
  ofOrder('revoke', 'reversal 45', '§6 R3', ended, bareCode('45')),
  ofOrder('revoke', 'reversal 30, and done', '§5', ended, bareCode('30')),
  ofOrder('revoke', 'reversal with a code that nobody listed', '§5', ended, bareCode('97')),
  ofOrder('revoke', 'reversal 39 after 23:00', '§6 R5', taken, bareCode('39'), atTheDoor),
  ofOrder('revoke', 'reversal 34 of an order that is there', '§6 R4', taken, bareCode('34'), atTheDoor),

  ofRefund('refund', 'refund 03, and taken in', '§6 F2', takenIn, code('03')),
  ofRefund('refund', 'refund 05, and taken in', '§6 F2', takenIn, code('05')),
  ofRefund('refund', 'refund 12 of its own number', '§5', takenIn, bareCode('12')),
  ofRefund('refund', 'refund with a code that nobody listed', '§5', takenIn, code('97')),
  ofRefund('refund', 'refund 02 at the door', '§5', ['none'], bareCode('02'), atTheDoor),

  ofRefund('refund-query', 'refund state 05 of one that is done', '§6 F1', ['done'], state('05')),
  ofRefund('refund-query', 'refund state 12', '§5', takenIn, state('12')),
  ofRefund('refund-query', 'refund state 00 without an amount', '§6 F1', ['done'], { without: ['txnAmt'] }),
  ofRefund('refund-query', 'refund query 03', '§6 Q5', takenIn, bareCode('03')),
]
