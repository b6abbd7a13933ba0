import { icbcSignature } from '../../channels/icbc/sign.ts'
import { readJson } from '../../channels/json-members.ts'
import type { TrainingFault } from '../fault.ts'
import type { Answer } from '../listener.ts'
import { flatlySaid } from '../wire-fault.ts'
import type { IcbcResult } from './answer.ts'
import type { IcbcSaying, IcbcSigning } from './wire-faults.ts'

/** What is answered, and to which message. `turn` chooses between the forms that real answers have. */
export type IcbcAnswerParts = {
  readonly result: IcbcResult
  readonly messageId: string
  readonly turn: number
  readonly signing?: IcbcSigning
}

const amounts = ['total_amt', 'reject_amt', 'real_reject_amt'] as const

const oneMore = (amount: string): string => String(Number(amount) + 1)

/** Makes an answer that belongs to another order or amount, where it has one. */
const spoil = (result: IcbcResult, fault: TrainingFault): IcbcResult => {
  const { out_trade_no: orderNumber, refund_json_list: list } = result
  if (fault === 'other-order' && orderNumber !== undefined) {
    return { ...result, out_trade_no: `${orderNumber.slice(0, -1)}_` }
  }
  if (fault !== 'other-amount') return result
  const changed = amounts.flatMap((name) =>
    result[name] === undefined ? [] : [[name, oneMore(result[name])] as const],
  )
  const entries = list === undefined ? undefined : readJson(list)
  const spoiled = Array.isArray(entries)
    ? {
        refund_json_list: JSON.stringify(
          entries.map(({ reject_amt: amount, ...rest }) => ({ ...rest, reject_amt: oneMore(amount) })),
        ),
      }
    : {}
  return { ...result, ...Object.fromEntries(changed), ...spoiled }
}

/** The plain answer as a fault of the table makes it. */
export function icbcSaid({ entries, ...says }: IcbcSaying, plain: IcbcResult | undefined): IcbcResult {
  const told = flatlySaid(says, plain)
  const { refund_json_list: list } = told
  const listed = entries === undefined || list === undefined ? undefined : readJson(list)
  if (!Array.isArray(listed)) return told
  return { ...told, refund_json_list: JSON.stringify(listed.map((one) => ({ ...one, ...entries }))) }
}

/** `return_code` comes as a number from the gateway and sometimes from behind it (icbc.md §2). */
const contentText = (
  { return_code: returnCode = '', ...rest }: IcbcResult,
  messageId: string,
  turn: number,
): string => {
  const { return_msg: words = '', ...fields } = rest
  const code: string | number = turn % 3 === 2 ? Number(returnCode) : returnCode
  return JSON.stringify({ return_code: code, return_msg: words, msg_id: messageId, ...fields })
}

/** The answer, signed with SHA-1 over its raw text, whatever the request used (icbc.md §4). */
export function icbcAnswer(
  { result, messageId, turn, signing = 'usual' }: IcbcAnswerParts,
  gatewayPrivateKey: string,
  fault: TrainingFault,
): Answer {
  const text = contentText(spoil(result, fault), messageId, turn)
  const signed = signing === 'with-path' ? `/api/qrcode/V2/pay?response_biz_content=${text}` : text
  const signType = signing === 'sha-256' ? 'RSA2' : 'RSA'
  const sign = icbcSignature(fault === 'wrong-signature' ? `${text} ` : signed, gatewayPrivateKey, signType)
  return {
    kind: 'answer',
    status: 200,
    contentType: 'application/json;charset=UTF-8',
    body: `{"response_biz_content":${text},"sign":"${sign}"}`,
    fault,
  }
}
