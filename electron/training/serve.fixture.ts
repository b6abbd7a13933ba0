import { startTrainingChannels } from './training-channels.ts'

/** Run as a process of its own, to be killed by a test: serves a data folder at a time given, and prints its settings. */
const [dataDirectory = '', wallMs = '0'] = process.argv.slice(2)
const channels = await startTrainingChannels({ dataDirectory, now: () => Number(wallMs) })
process.stdout.write(`${JSON.stringify({ wechat: channels.wechat, alipay: channels.alipay })}\n`)
