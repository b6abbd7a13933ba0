import { createPublicKey } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { receiptPublicKeyFile } from '../receipts/receipt-key.ts'
import { readSignedText } from '../receipts/signed-text.ts'
import { assertNever } from '../till/brand.ts'
import { yuanText } from '../till/money.ts'
import { shanghaiDateTime } from '../till/time.ts'
import { type ExitCode, exitCodes } from './output.ts'
import { readCodeLine } from './read-code.ts'
import type { CommandContext } from './session.ts'

export type CheckReceiptOptions = { readonly key?: string }

/**
 * `check-receipt`: whether the text of a receipt's QR code is this shop's. It needs no till and no network: the text, and
 * the public key of the data folder or of a file.
 */
export async function checkReceipt(
  { output, place, terminal }: Pick<CommandContext, 'output' | 'place' | 'terminal'>,
  { key }: CheckReceiptOptions,
): Promise<ExitCode> {
  const path = key === undefined ? join(place.dataDirectory, receiptPublicKeyFile) : resolve(key)
  const pem = await readFile(path, 'utf8').catch(() => null)
  if (pem === null) {
    output.say(`There is no public key at ${path}. It is made with the first signed receipt ("signedReceipts": true).`)
    return exitCodes.usage
  }
  const text = await readCodeLine(terminal)
  const reading = readSignedText(text ?? '', createPublicKey(pem))
  switch (reading.kind) {
    case 'genuine': {
      const { kind, orderNumber, amountFen, wallMs } = reading.facts
      output.line(
        { type: 'result', genuine: true, kind, orderNumber, amountFen, wallMs },
        `genuine: ${kind} ${orderNumber}, ¥${yuanText(amountFen)}, ${shanghaiDateTime(wallMs)}`,
      )
      return exitCodes.done
    }
    case 'not-genuine':
      output.line({ type: 'result', genuine: false, because: reading.kind }, 'not genuine: not signed by this shop')
      return exitCodes.endedWithoutCharge
    case 'not-a-signed-text':
      output.line({ type: 'result', genuine: false, because: reading.kind }, 'This is no text of a signed receipt.')
      return exitCodes.usage
    default:
      return assertNever(reading, 'signed text')
  }
}
