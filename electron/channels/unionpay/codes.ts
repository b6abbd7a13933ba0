/**
 * The answer codes that UnionPay documents for the QR product (unionpay.md §5), with 06 to 09 of another product. What
 * they mean stands in `outcomes.ts` and `refund-outcomes.ts`.
 */
export const unionpayCodes = [
  '00',
  '01',
  '02',
  '03',
  '04',
  '05',
  '06',
  '07',
  '08',
  '09',
  '10',
  '11',
  '12',
  '13',
  '14',
  '30',
  '31',
  '32',
  '33',
  '34',
  '35',
  '36',
  '37',
  '38',
  '39',
  '40',
  '41',
  '42',
  '45',
  '60',
  '61',
  '62',
  '63',
  '64',
  '65',
  '66',
  '67',
  '68',
  '69',
  '70',
  '71',
  '72',
  '73',
  '74',
  '75',
  '76',
  '77',
  '78',
  '79',
  '80',
  '98',
  '99',
] as const
export type UnionpayCode = (typeof unionpayCodes)[number]

/** Finds the documented code that a received one is, exactly as spelt, or `undefined`. */
export function unionpayCodeIn(received: string): UnionpayCode | undefined {
  return unionpayCodes.find((code) => code === received)
}
