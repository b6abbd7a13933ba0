import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { PayOutcome, QueryOutcome, RevokeOutcome } from '../../till/outcome.ts'
import { xmlForm } from '../answer-forms.fixture.ts'
import { assertListed, type FuzzedCall, fuzzedCalls, verifiedKinds } from '../listed-outcomes.fixture.ts'
import { anyResponse, type Dice, dice, randomBody, spoiledAnswer, spoilings } from '../spoiled-answers.fixture.ts'
import { createWechatChannel } from './channel.ts'
import { wechatPayCodes, wechatQueryCodes, wechatReverseCodes, wechatTradeStates } from './codes.ts'
import { head, order, paidFields, response, settings, signedXml } from './wechat.fixture.ts'

const channel = createWechatChannel(settings)
const runs = 10_000
const words = fc.string({ unit: 'grapheme', maxLength: 30 }).filter((text) => !/[\p{Cc}\uFFFE\uFFFF]/u.test(text))
const codeList = [
  ...wechatPayCodes,
  ...wechatQueryCodes,
  ...wechatReverseCodes,
  ...wechatTradeStates,
  'SUCCESS',
  'FAIL',
  '',
  '收款',
] as const
const codes = fc.oneof(fc.constantFrom(...codeList), words)

/** Whole answers of every kind: of this order, of another, of another amount, and of somebody who has not the key. */
const query = { ...paidFields, trade_state: 'SUCCESS' }
const genuine: readonly Readonly<Record<string, string>>[] = [
  paidFields,
  query,
  { ...paidFields, out_trade_no: 'T20260301093015000124', transaction_id: '4200000000202603010000000002' },
  { ...query, total_fee: '1289', transaction_id: '4200000000202603010000000003' },
  ...['USERPAYING', 'NOTPAY', 'REVOKED', 'CLOSED', 'REFUND', 'PAYERROR', 'X'].map((state) => ({
    ...head,
    out_trade_no: order.orderNumber,
    trade_state: state,
  })),
  ...['USERPAYING', 'SYSTEMERROR', 'NOTENOUGH', 'ORDERNOTEXIST', 'ORDERPAID'].map((code) => ({
    ...head,
    result_code: 'FAIL',
    err_code: code,
  })),
  { ...head, recall: 'N' },
  { ...head, recall: 'Y' },
  { ...head, result_code: 'FAIL', err_code: 'USERPAYING', recall: 'Y' },
]
const signed = genuine.map((fields) => ({ fields, text: signedXml(fields) }))
const foreignKey = { ...settings, apiKey: 'somebodyElse0123456789abcdefGHIJ' }
const answers = [
  ...signed.map(({ text }) => text),
  ...genuine.map((fields) => signedXml(fields, foreignKey)),
  ...genuine.map((fields) => signedXml(fields, { ...settings, signType: 'MD5' })),
  '<xml><return_code>FAIL</return_code><return_msg>签名失败</return_msg></xml>',
  '<html><body>网络认证</body></html>',
]

/** Whether everything that some genuine answer signed still stands in the body; blanks between elements may differ. */
function holdsGenuineAnswer(body: Buffer): boolean {
  const text = body.toString('utf8')
  return signed.some(
    ({ fields, text: whole }) =>
      text.includes(/<sign><!\[CDATA\[(\w+)/.exec(whole)?.[1] ?? whole) &&
      Object.values(fields).every((value) => text.includes(value)),
  )
}

function judge(
  call: FuzzedCall,
  body: Buffer,
  chance: Dice,
  isVerified: () => boolean,
): PayOutcome | QueryOutcome | RevokeOutcome {
  const answer = anyResponse(body, chance)
  const outcome = channel[call].decode(order, answer)
  assertListed(call, outcome)
  if (verifiedKinds.includes(outcome.kind)) assert.ok(answer.status === 200 && isVerified(), `${call}: ${outcome.kind}`)
  return outcome
}

/** A signed answer of the right form with any codes, fields missing, any values. */
function randomFields(chance: Dice): Record<string, string> {
  const choices: Readonly<Record<string, readonly string[]>> = {
    return_code: ['SUCCESS', 'SUCCESS', 'SUCCESS', 'SUCCESS', 'FAIL', ''],
    result_code: ['SUCCESS', 'SUCCESS', 'FAIL', ''],
    appid: [settings.appId, settings.appId, settings.appId, settings.appId, 'wx0'],
    mch_id: [settings.merchantId, settings.merchantId, settings.merchantId, settings.merchantId, '1'],
    err_code: codeList,
    err_code_des: codeList,
    trade_state: [...wechatTradeStates, ...wechatTradeStates.map(() => 'SUCCESS'), 'X', ''],
    recall: ['Y', 'N', ''],
    out_trade_no: [order.orderNumber, order.orderNumber, order.orderNumber, 'other'],
    total_fee: ['1288', '1288', '1288', '1289', '-1', '1e3', ''],
    transaction_id: ['4200', '4200', ''],
    fee_type: ['CNY', 'CNY', 'USD', ''],
    time_end: codeList,
  }
  const names = Object.keys(choices).filter(() => chance.below(16) > 0)
  return Object.fromEntries(names.map((name) => [name, chance.pick(choices[name] ?? [''])]))
}

for (const call of fuzzedCalls) {
  test(`${call}: 10,000 random answers, half of them signed, give a listed outcome`, () => {
    const seen = new Set<string>()
    for (let seed = 1; seed <= runs; seed += 1) {
      const chance = dice(seed)
      const fields = seed % 2 === 0 ? randomFields(chance) : null
      const body = fields === null ? randomBody(chance) : Buffer.from(signedXml(fields))
      try {
        const { kind } = judge(call, body, chance, () => fields !== null)
        seen.add(kind)
        if (kind !== 'paid') continue
        assert.deepEqual([fields?.['out_trade_no'], fields?.['total_fee']], [order.orderNumber, '1288'])
        assert.deepEqual([fields?.['appid'], fields?.['mch_id']], [settings.appId, settings.merchantId])
        assert.ok(
          fields?.['transaction_id'] && fields['return_code'] === 'SUCCESS' && fields['result_code'] === 'SUCCESS',
        )
      } catch (error) {
        throw new Error(`seed ${seed}: ${body.toString('latin1')}`, { cause: error })
      }
    }
    assert.ok(seen.has(call === 'revoke' ? 'accepted' : 'paid') && seen.size >= 4, `only ${[...seen]}`)
  })

  test(`${call}: 10,000 spoiled answers give a listed outcome, and never more than what was signed`, () => {
    const kinds = new Map<string, number>()
    const unused = new Set<string>(spoilings)
    for (let seed = 1; seed <= runs; seed += 1) {
      const chance = dice(seed)
      const { body, ways } = spoiledAnswer(answers, xmlForm, chance)
      for (const way of ways) unused.delete(way)
      try {
        const outcome = judge(call, body, chance, () => holdsGenuineAnswer(body))
        kinds.set(outcome.kind, 1 + (kinds.get(outcome.kind) ?? 0))
        if (outcome.kind === 'paid') assert.equal(outcome.transactionId, paidFields['transaction_id'])
      } catch (error) {
        throw new Error(`seed ${seed}, ${ways.join(', ')}: ${body.toString('latin1')}`, { cause: error })
      }
    }
    assert.deepEqual([...unused], [])
    // Elements in another order are the same answer, so some are still read; most are spoiled for good.
    assert.ok(kinds.size >= 3, `only ${[...kinds.keys()]}`)
    assert.ok((kinds.get(call === 'revoke' ? 'try-again' : 'unknown') ?? 0) > runs / 2)
  })
}

test('no outcome of any answer shows a run of digits as long as a payment code', () => {
  const digits = fc.stringMatching(/^[1-3][0-9]{15,23}$/)
  fc.assert(
    fc.property(digits, words, codes, (code, text, errorCode) => {
      const body = signedXml({
        ...head,
        result_code: 'FAIL',
        err_code: errorCode,
        err_code_des: `${text}${code}${text}`,
      })
      for (const call of fuzzedCalls) {
        assert.doesNotMatch(JSON.stringify(channel[call].decode(order, response(body))), /\d{12}/)
      }
    }),
    { numRuns: 300 },
  )
})
