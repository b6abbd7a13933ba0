import type { BillAnswer, ChannelBill, HttpResponse } from '../channel.ts'
import { differenceIn, readBackendAnswer } from './answer.ts'
import { backendBillFormat } from './bill.ts'
import { backendBillStates, listedIn } from './codes.ts'
import { type BackendAddress, signedBackendRequest } from './encode.ts'

/** `POST /v1/bill` (docs/backend-api.yaml, `BillAnswer`): the signed answer is the file. */
export function backendBill(address: BackendAddress): ChannelBill {
  return {
    format: backendBillFormat,
    merchantId: null,
    readyAtHour: 1,
    download: {
      encode: (date, context) => signedBackendRequest(address, 'bill', { date: dashed(date) }, context),
      decode: (date, response) => decodeBill(address, date, response),
    },
  }
}

const dashed = (date: string): string => `${date.slice(0, 4)}-${date.slice(4, 6)}-${date.slice(6)}`

function decodeBill(address: BackendAddress, date: string, response: HttpResponse): BillAnswer {
  const answer = readBackendAnswer(address, 'bill', response)
  if (answer.kind === 'useless') return { kind: 'unknown', reason: answer.reason }
  if (answer.kind === 'turned-away') return { kind: 'refused', message: answer.evidence.code ?? '' }
  if (answer.code !== 'ok') {
    const isLater = answer.code === 'busy' || answer.code === 'internal-error' || answer.code === 'clock-off'
    return isLater ? { kind: 'unknown', reason: 'system-error' } : { kind: 'refused', message: answer.code }
  }
  const difference = differenceIn(answer.fields, { texts: { date: dashed(date) } })
  if (difference !== undefined) return { kind: 'unknown', reason: difference }
  const state = listedIn(backendBillStates, answer.fields.text('state'))
  switch (state) {
    case undefined:
      return { kind: 'unknown', reason: 'unlisted-code' }
    case 'ready':
      return { kind: 'file', bytes: response.body }
    case 'not-ready':
      return { kind: 'not-ready' }
    case 'none':
      return { kind: 'nothing-moved' }
  }
}
