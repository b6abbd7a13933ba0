import { randomInt } from 'node:crypto'
import { once } from 'node:events'
import { mkdir } from 'node:fs/promises'
import { systemClock } from '../assembly/system-time.ts'
import { readBooks } from '../training/books-reading.ts'
import {
  makePracticeCode,
  type PracticeWallet,
  practiceSerialDigits,
  practiceWallets,
  storiesOf,
} from '../training/practice-code.ts'
import type { ServerName } from '../training/server-name.ts'
import { startEveryServer } from '../training/start-every-server.ts'
import type { TrainingOptions } from '../training/training-channels.ts'
import { type ExitCode, exitCodes, type Output } from './output.ts'
import type { CommandContext } from './session.ts'

/** `train --list`: a fresh practice code for each story of each wallet. */
export function listPracticeCodes(output: Output): ExitCode {
  for (const wallet of practiceWallets) {
    for (const story of storiesOf(wallet)) {
      const serial = String(randomInt(10 ** practiceSerialDigits)).padStart(practiceSerialDigits, '0')
      const code = makePracticeCode(wallet, story, serial)
      output.line({ type: 'practice', code, wallet, story }, `${code}  ${wallet.padEnd(7)}  ${story}`)
    }
  }
  return exitCodes.done
}

/** `train --books`: what the training channels hold about each order. */
export async function showBooks({ place, output }: CommandContext): Promise<ExitCode> {
  for (const book of await readBooks(place.dataDirectory)) {
    const { wallet, orderNumber, amountFen, chargedFen, refundedFen, state } = book
    output.line(
      { ...book },
      `${wallet.padEnd(7)}  ${orderNumber}  ordered ${amountFen}  charged ${chargedFen}  refunded ${refundedFen}  ${state}`,
    )
  }
  return exitCodes.done
}

/** `train`: runs the training channels in the foreground until it is interrupted. */
export async function train({ place, output, interrupted }: CommandContext): Promise<ExitCode> {
  await mkdir(place.dataDirectory, { recursive: true, mode: 0o700 })
  const options: TrainingOptions = {
    dataDirectory: place.dataDirectory,
    now: () => systemClock.now().wallMs,
    log: ({ wallet, path, status, problem }) =>
      output.say(`${wallet} ${path} ${status}${problem ? ` ${problem}` : ''}`),
  }
  const servers = await startEveryServer(options)
  const { wechat, alipay } = servers.builtIn
  // Each wallet's own channel; the gateways take codes of all wallets, and whoever means one changes the route.
  const routes = { wechat: 'wechat', alipay: 'alipay', unionpay: 'unionpay' } as const satisfies Partial<
    Record<PracticeWallet, ServerName>
  >
  const configuration = { channels: servers.channels, routes }
  const others = servers.channels.map(({ id }) => id).filter((id) => id !== 'wechat' && id !== 'alipay')
  output.line(
    { type: 'training', wechat: wechat.baseUrl, alipay: alipay.gateway, configuration },
    [
      `WeChat Pay v2 on ${wechat.baseUrl}, Alipay on ${alipay.gateway}; beside them ${others.join(', ')}.`,
      'A till in another data folder reaches them with this config.json:',
      JSON.stringify(configuration, null, 2),
      'Practice codes: till train --list. Press Ctrl+C to stop.',
    ].join('\n'),
  )
  if (!interrupted.aborted) await once(interrupted, 'abort')
  await servers.close()
  return exitCodes.done
}
