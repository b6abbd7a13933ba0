import { randomInt } from 'node:crypto'
import { once } from 'node:events'
import { mkdir } from 'node:fs/promises'
import { systemClock } from '../assembly/system-time.ts'
import { trainingKeyFiles } from '../training/authority.ts'
import { readBooks } from '../training/books-reading.ts'
import { makePracticeCode, practiceSerialDigits, practiceWallets, storiesOf } from '../training/practice-code.ts'
import { trainingServers } from '../training/server-registry.ts'
import { startTrainingServers } from '../training/start-training-servers.ts'
import { startTrainingChannels, type TrainingOptions } from '../training/training-channels.ts'
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
  const channels = await startTrainingChannels(options)
  const others = await startTrainingServers(options, trainingServers)
  const { wechat, alipay } = channels
  const file = trainingKeyFiles(place.dataDirectory)
  const configuration = {
    channels: [
      {
        id: 'wechat',
        kind: 'wechat',
        baseUrl: wechat.baseUrl,
        appId: wechat.appId,
        merchantId: wechat.merchantId,
        signType: wechat.signType,
        apiKey: { file: file.wechatApiKey },
        clientCert: { file: file.merchantCertificate },
        clientKey: { file: file.merchantKey },
        ca: { file: file.certificateAuthority },
      },
      {
        id: 'alipay',
        kind: 'alipay',
        gateway: alipay.gateway,
        appId: alipay.appId,
        appPrivateKey: { file: file.alipayAppPrivateKey },
        alipayPublicKey: { file: file.alipayPlatformPublicKey },
        ca: { file: file.certificateAuthority },
      },
      ...others.servers.map(({ name, configuration: own }) => ({
        id: name,
        ...own,
        ca: { file: file.certificateAuthority },
      })),
    ],
    routes: { wechat: 'wechat', alipay: 'alipay' },
  }
  output.line(
    { type: 'training', wechat: wechat.baseUrl, alipay: alipay.gateway, configuration },
    [
      `WeChat Pay v2 on ${wechat.baseUrl}, Alipay on ${alipay.gateway}.`,
      'A till in another data folder reaches them with this config.json:',
      JSON.stringify(configuration, null, 2),
      'Practice codes: till train --list. Press Ctrl+C to stop.',
    ].join('\n'),
  )
  if (!interrupted.aborted) await once(interrupted, 'abort')
  await Promise.all([channels.close(), others.close()])
  return exitCodes.done
}
