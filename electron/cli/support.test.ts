import assert from 'node:assert/strict'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { textsOfZip } from '../exports/zip.fixture.ts'
import { dataFolder, practiceCode, runTill } from './till-process.fixture.ts'

test('the archive for support has what helps, and no secret or payment code that lies anywhere in the data folder', async (context) => {
  const secret = 'PlantedApiKey0123456789abcdefghi'
  const code = practiceCode('wechat', 'pays-at-once')
  const channel = {
    id: 'shop',
    kind: 'wechat',
    baseUrl: 'http://127.0.0.1:9',
    appId: 'wx1a2b3c4d5e6f7081',
    merchantId: '1600000000',
    apiKey: { env: 'PLANTED_KEY' },
  }
  const data = dataFolder(context, { channels: [channel] })
  mkdirSync(join(data, 'logs'))
  const key = '-----BEGIN PRIVATE KEY-----\\nPlantedKeyBody\\n-----END PRIVATE KEY-----'
  writeFileSync(join(data, 'logs', 'till.jsonl'), `{"event":"opened","stray":"${code}","key":"${key}"}\n`)
  const environment = { PLANTED_KEY: secret, SCANTILL_PASSPHRASE: 'PlantedPassphrase' }
  const out = join(data, 'support.zip')
  const made = await runTill(context, ['support', '--out', out], { data, environment })
  assert.equal(made.exit, 0, made.stderr)
  const texts = textsOfZip(readFileSync(out))
  assert.deepEqual(
    [...texts.keys()],
    ['versions.json', 'doctor.jsonl', 'configuration.json', 'verify.jsonl', 'open-orders.jsonl', 'logs/till.jsonl'],
  )
  assert.match(texts.get('doctor.jsonl') ?? '', /"check":"channel shop"/)
  assert.match(texts.get('configuration.json') ?? '', /"env": "PLANTED_KEY"/)
  assert.match(texts.get('logs/till.jsonl') ?? '', /"event":"opened"/)
  for (const text of [...texts.values(), made.stdout, made.stderr]) {
    assert.doesNotMatch(text, new RegExp(`PlantedApiKey|PlantedKeyBody|PlantedPassphrase|${code}`))
  }

  const again = await runTill(context, ['support', '--out', out], { data, environment })
  assert.equal(again.exit, 2)
  assert.match(again.stderr, /there is such a file already/)

  // A key that was written into the configuration as text is a mistake, and is not carried away with it.
  writeFileSync(join(data, 'config.json'), JSON.stringify({ channels: [{ ...channel, apiKey: secret }] }))
  const wrong = await runTill(context, ['support', '--out', `${out}.2`], { data, environment })
  assert.equal(wrong.exit, 0, wrong.stderr)
  for (const text of textsOfZip(readFileSync(`${out}.2`)).values()) assert.doesNotMatch(text, /PlantedApiKey/)
})
