import { readJson, readRawMembers } from '../json-members.ts'

export type EnvelopeProblem =
  | 'not-json'
  | 'duplicate-key'
  | 'no-node' // neither the expected node nor `error_response`
  | 'not-an-object' // the node is a string (content encryption, which we do not ask for), a number or a list

export type SignedNode =
  | {
      readonly ok: true
      /** The node that was found: the one asked for, or `error_response`. */
      readonly nodeKey: string
      /** The characters that the signature covers, exactly as received (alipay.md §1.6). */
      readonly signedText: string
      readonly sign?: string
      /** `alipay_cert_sn`, in certificate mode. */
      readonly certificateSerial?: string
    }
  | { readonly ok: false; readonly problem: EnvelopeProblem }

const textMember = (raw: string | undefined): string | undefined => {
  const value = raw === undefined ? undefined : readJson(raw)
  return typeof value === 'string' ? value : undefined
}

/**
 * Cuts the signed text out of a V2 answer, by key and never by position (alipay.md §1.6, §11).
 *
 * `nodeKey` is for example `alipay_trade_pay_response`; where it is absent, `error_response` is taken. Never throws;
 * says nothing about the signature.
 */
export function readSignedNode(body: string, nodeKey: string): SignedNode {
  const reading = readRawMembers(body)
  if (!reading.ok) return reading
  const { pieces: members } = reading
  const found = members.has(nodeKey) ? nodeKey : 'error_response'
  const signedText = members.get(found)
  if (signedText === undefined) return { ok: false, problem: 'no-node' }
  if (!signedText.startsWith('{')) return { ok: false, problem: 'not-an-object' }
  const sign = textMember(members.get('sign'))
  const certificateSerial = textMember(members.get('alipay_cert_sn'))
  return {
    ok: true,
    nodeKey: found,
    signedText,
    ...(sign === undefined ? {} : { sign }),
    ...(certificateSerial === undefined ? {} : { certificateSerial }),
  }
}
