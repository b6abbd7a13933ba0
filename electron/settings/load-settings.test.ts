import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import type { Channel } from '../channels/channel.ts'
import { readFlatXml } from '../channels/flat-xml.ts'
import { wechatSignature } from '../channels/wechat/sign.ts'
import type { OrderNumber } from '../till/ids.ts'
import { fen } from '../till/money.ts'
import { startTrainingChannels } from '../training/training-channels.ts'
import {
  alipayChannel,
  alipayWithCertificates,
  complaints,
  files,
  load,
  noSealedSecrets,
  wallMs,
  wechat,
} from './configuration.fixture.ts'
import { loadSettings } from './load-settings.ts'
import { settingsProblemLines } from './problem.ts'

const live = { channels: [wechat, alipayChannel] }
const with_ = (change: object, base: object = wechat) => ({ channels: [{ ...base, ...change }] })
const without = (field: string, base: object): object =>
  Object.fromEntries(Object.entries(base).filter(([name]) => name !== field))

test('no configuration, an empty one and one without channels mean training', async (context) => {
  const missing = await loadSettings({
    path: join(tmpdir(), 'no-such-folder', 'c.json'),
    required: false,
    environment: {},
    sealed: noSealedSecrets,
    wallMs,
  })
  const empty = await load(context, {})
  const policyOnly = await load(context, { policy: { wechat: { windowMs: 6_000 } } })
  for (const reading of [missing, empty, policyOnly]) {
    assert.ok(reading.ok)
    assert.equal(reading.settings.mode, 'training')
    assert.deepEqual(reading.settings.routes, { wechat: ['wechat'], alipay: ['alipay'] })
  }
  assert.ok(missing.ok && !missing.settings.configurationExists)
  assert.ok(policyOnly.ok)
  assert.equal(policyOnly.settings.policies.wechat?.policy.windowMs, 6_000)
  assert.equal(policyOnly.settings.policies.alipay?.policy.windowMs, 60_000)
})

const questionOf = (channel: Channel) =>
  channel.query.encode(
    { orderNumber: 'S0010120261123K7QX000042' as OrderNumber, amountFen: fen(1), payStartedWallMs: wallMs },
    { wallMs, nonce: 'n'.repeat(32) },
  )

/** Whether WeChat's requests are signed with this key; the channel shows its key to nobody. */
function isSignedWith(channel: Channel, apiKey: string): boolean {
  const reading = readFlatXml(questionOf(channel).body)
  assert.ok(reading.ok)
  const { sign, ...fields } = reading.fields
  return sign === wechatSignature(fields, apiKey, 'HMAC-SHA256')
}

test('a whole configuration of both channels opens them with their secrets resolved', async (context) => {
  const reading = await load(context, {
    store: { id: 'S002', name: '二号店' },
    till: { id: '7' },
    ...live,
    routes: { wechat: 'wechat', alipay: 'alipay' },
    policy: { alipay: { windowMs: 30_000 } },
    amountLimitYuan: '1000.50',
    scanners: [{ kind: 'serial', path: '/dev/ttyUSB0' }, { kind: 'hid' }],
    printers: [{ kind: 'tcp', address: '192.168.1.50:9100', profile: 'generic-80' }],
  })
  assert.ok(reading.ok)
  const { mode, channels, amountLimitFen, subject } = reading.settings
  assert.deepEqual([mode, amountLimitFen, subject], ['live', 100_050, '二号店'])
  const [first, second] = channels
  assert.ok(first?.id === 'wechat' && second?.id === 'alipay')
  assert.ok(isSignedWith(first, files['api-key.txt'] ?? ''))
  assert.equal(new URL(questionOf(first).url).origin, 'https://api.mch.weixin.qq.com')
  assert.equal(first.connection.clientCertificate?.key.trim(), files['client-key.pem']?.trim())
  assert.doesNotMatch(questionOf(second).body, /app_cert_sn/)
})

test('Alipay’s certificate mode, with certificates of this run', async (context) => {
  const reading = await load(context, { channels: [alipayWithCertificates] })
  assert.ok(reading.ok, JSON.stringify(reading))
  const [channel] = reading.settings.channels
  assert.ok(channel?.id === 'alipay')
  assert.match(questionOf(channel).url + questionOf(channel).body, /app_cert_sn=[0-9a-f]{32}/)
  assert.deepEqual(reading.settings.routes, { alipay: ['alipay'] })
  assert.deepEqual(Object.keys(reading.settings.policies), ['alipay'])
})

test('secrets come from the environment as well, and an authority of one’s own is taken over', async (context) => {
  const channel = with_({ apiKey: { env: 'TEST_API_KEY' }, ca: { file: 'authority.pem' } })
  const reading = await load(context, channel, { TEST_API_KEY: 'k'.repeat(32) })
  assert.ok(reading.ok)
  const [first] = reading.settings.channels
  assert.ok(first?.id === 'wechat')
  assert.ok(isSignedWith(first, 'k'.repeat(32)))
  assert.equal(first.connection.certificateAuthority?.trim(), files['authority.pem']?.trim())
})

test('the example of the training servers, over https and with every key in a file or the environment', async (context) => {
  const folder = mkdtempSync(join(tmpdir(), 'settings-'))
  context.after(() => rmSync(folder, { recursive: true, force: true }))
  const training = await startTrainingChannels({ dataDirectory: folder, now: Date.now })
  await training.close()
  const { clientCertificate, certificateAuthority, apiKey, ...rest } = training.wechat
  const environment = {
    API_KEY: apiKey,
    CERT: clientCertificate.certificate,
    KEY: clientCertificate.key,
    CA: certificateAuthority,
  }
  const channel = {
    id: 'w-1',
    kind: 'wechat',
    ...rest,
    apiKey: { env: 'API_KEY' },
    clientCert: { env: 'CERT' },
    clientKey: { env: 'KEY' },
    ca: { env: 'CA' },
  }
  const path = join(folder, 'none.json')
  const reading = await loadSettings({
    path,
    required: false,
    environment,
    sealed: noSealedSecrets,
    wallMs: Date.now(),
  })
  assert.ok(reading.ok)
  // The servers' certificates are made for the machine's own clock, because TLS checks them by it.
  assert.deepEqual(await complaints(context, { channels: [channel] }, environment, Date.now()), [])
})

test('plain http reaches this machine only', async (context) => {
  const bare = without('clientKey', without('clientCert', wechat))
  for (const host of ['127.0.0.1:8080', 'localhost', '[::1]:9']) {
    assert.deepEqual(await complaints(context, with_({ baseUrl: `http://${host}` }, bare)), [], host)
    assert.deepEqual(
      await complaints(context, with_({ gateway: `http://${host}/gateway.do` }, alipayChannel)),
      [],
      host,
    )
  }
  for (const host of ['api.mch.weixin.qq.com', '10.0.0.1', 'localhost.example.com', '127.0.0.1.example.com']) {
    const [wechatSays] = await complaints(context, with_({ baseUrl: `http://${host}` }, bare))
    const [alipaySays] = await complaints(context, with_({ gateway: `http://${host}/gateway.do` }, alipayChannel))
    assert.match(wechatSays ?? '', /^channels\[0\]\.baseUrl: /, host)
    assert.match(alipaySays ?? '', /^channels\[0\]\.gateway: /, host)
  }
})

const refusals: readonly (readonly [what: string, configuration: unknown, says: RegExp])[] = [
  ['a misspelt field at the top', { chanels: [] }, /^chanels: .*channels/],
  ['a misspelt field in a channel', with_({ merchantID: '1' }), /^channels\[0\]\.merchantID: /],
  ['a misspelt field of the customer display', { customerDisplay: { opens: 'at-start' } }, /^customerDisplay\.opens: /],
  ['a misspelt opening', { customerDisplay: { open: 'at-boot' } }, /^customerDisplay\.open: .*at-start/],
  ['a misspelt field in a policy', { policy: { wechat: { windowMS: 1 } } }, /^policy\.wechat\.windowMS: /],
  ['a misspelt field in a reference', with_({ apiKey: { path: 'x' } }), /^channels\[0\]\.apiKey: expected \{"file"/],
  ['a wrong type at the top', { channels: {} }, /^channels: /],
  ['a list in place of an object', [], /^: /],
  ['a text in place of a number', { policy: { alipay: { windowMs: '6000' } } }, /^policy\.alipay\.windowMs: /],
  ['a number with a fraction', { policy: { alipay: { pollMs: 0.5 } } }, /^policy\.alipay\.pollMs: /],
  ['a negative wait', { policy: { alipay: { revokeRetryMs: [100, -1] } } }, /^policy\.alipay\.revokeRetryMs\[1\]: /],
  ['a ladder without a wait', { policy: { alipay: { revokeRetryMs: [] } } }, /^policy\.alipay\.revokeRetryMs: /],
  ['a store id that no order number can hold', { store: { id: '店', name: 'x' } }, /^store\.id: expected 2 to 8/],
  ['a till id that is too long', { till: { id: '00001' } }, /^till\.id: /],
  ['a store without a name', { store: { id: 'S001' } }, /^store\.name: /],
  ['a channel of a kind that is not there', with_({ kind: 'wechatpay' }), /^channels\[0\]\.kind: .*wechat, alipay/],
  ['a channel without its merchant', { channels: [without('merchantId', wechat)] }, /^channels\[0\]\.merchantId: /],
  ['an api that is not there', with_({ api: 'v9' }), /^channels\[0\]\.api: expected "v2" or "v3"/],
  ['an amount as a number', { amountLimitYuan: 100 }, /^amountLimitYuan: /],
  ['two channels of one id', { channels: [wechat, { ...alipayChannel, id: 'wechat' }] }, /^channels\[1\]\.id: .*twice/],
  [
    'a route to a channel of another wallet',
    { ...live, routes: { wechat: 'alipay' } },
    /^routes\.wechat: .*takes no codes/,
  ],
  [
    'a channel twice in a route',
    { ...live, routes: { wechat: ['wechat', 'wechat'] } },
    /^routes\.wechat\[1\]: .*twice/,
  ],
  ['an empty route', { ...live, routes: { wechat: [] } }, /^routes\.wechat/],
  ['a route to nobody', { ...live, routes: { wechat: 'weixin' } }, /^routes\.wechat: .*wechat, alipay/],
  ['a route of a wallet that is not there', { routes: { paypal: 'wechat' } }, /^routes(\.paypal)?: /],
  ['a policy for nobody', { ...live, policy: { qra: {} } }, /^policy\.qra: .*wechat, alipay/],
  [
    'a file that is missing',
    with_({ apiKey: { file: 'none.txt' } }),
    /^channels\[0\]\.apiKey: .*none\.txt cannot be read \(ENOENT\)/,
  ],
  ['a folder in place of a file', with_({ apiKey: { file: '.' } }), /^channels\[0\]\.apiKey: .*EISDIR/],
  ['an empty file', with_({ apiKey: { file: 'empty.pem' } }), /^channels\[0\]\.apiKey: .*empty/],
  ['a variable that is not set', with_({ apiKey: { env: 'TEST_NONE' } }), /^channels\[0\]\.apiKey: .*TEST_NONE/],
  [
    'the sealed store, which is not there yet',
    with_({ apiKey: { secret: 'x' } }),
    /^channels\[0\]\.apiKey: .*sealed store/,
  ],
  ['an api key of the wrong length', with_({ apiKey: { file: 'api-key-short.txt' } }), /^channels\[0\]\.apiKey: .*32/],
  [
    'https without a client certificate',
    { channels: [without('clientKey', without('clientCert', wechat))] },
    /^channels\[0\]\.clientCert: missing/,
  ],
  [
    'a certificate without its key',
    { channels: [without('clientKey', wechat)] },
    /^channels\[0\]\.clientKey: is missing/,
  ],
  ['a key without its certificate', { channels: [without('clientCert', wechat)] }, /^channels\[0\]\.clientCert: /],
  [
    'an expired certificate',
    with_({ clientCert: { file: 'client-cert-expired.pem' } }),
    /^channels\[0\]\.clientCert: expired/,
  ],
  [
    'a key of another certificate',
    with_({ clientKey: { file: 'client-key-of-another.pem' } }),
    /^channels\[0\]\.clientKey: not of this/,
  ],
  ['garbage for an authority', with_({ ca: { file: 'garbage.pem' } }), /^channels\[0\]\.ca: not a certificate/],
  ['an address that is none', with_({ baseUrl: 'api.mch.weixin.qq.com' }), /^channels\[0\]\.baseUrl: not a url/],
  [
    'the public half as private key',
    with_({ appPrivateKey: { file: 'app-public.pem' } }, alipayChannel),
    /^channels\[0\]\.appPrivateKey: public half/,
  ],
  [
    'the own public key as Alipay’s',
    with_({ alipayPublicKey: { file: 'app-public.pem' } }, alipayChannel),
    /^channels\[0\]\.alipayPublicKey: own public key/,
  ],
  [
    'the private key as Alipay’s public one',
    with_({ alipayPublicKey: { file: 'app-private.pem' } }, alipayChannel),
    /^channels\[0\]\.alipayPublicKey: private half/,
  ],
  [
    'a key that is too short',
    with_({ appPrivateKey: { file: 'app-private-short.pem' } }, alipayChannel),
    /^channels\[0\]\.appPrivateKey: too short/,
  ],
  [
    'garbage for a key',
    with_({ appPrivateKey: { file: 'garbage.pem' } }, alipayChannel),
    /^channels\[0\]\.appPrivateKey: not a key/,
  ],
  [
    'both ways to verify',
    with_({ appCert: { file: 'client-cert.pem' } }, alipayChannel),
    /^channels\[0\]\.alipayPublicKey: stands beside certificates/,
  ],
  [
    'the application’s certificate as Alipay’s',
    with_({ alipayCert: { file: 'app-cert.pem' } }, alipayWithCertificates),
    /^channels\[0\]\.alipayCert: own certificate/,
  ],
  [
    'a certificate of another key',
    with_({ appCert: { file: 'alipay-cert.pem' } }, alipayWithCertificates),
    /^channels\[0\]\.appCert: not of this key/,
  ],
  [
    'a root that issued something else',
    with_({ alipayRootCert: { file: 'app-cert.pem' } }, alipayWithCertificates),
    /^channels\[0\]\.alipay(Root)?Cert: (not by this root|no rsa root)/,
  ],
  [
    'no way to verify',
    { channels: [without('alipayPublicKey', alipayChannel)] },
    /^channels\[0\]\.alipayPublicKey: is missing/,
  ],
  [
    'two of three certificates',
    {
      channels: [
        {
          ...without('alipayPublicKey', alipayChannel),
          appCert: { file: 'app-cert.pem' },
          alipayCert: { file: 'alipay-cert.pem' },
        },
      ],
    },
    /^channels\[0\]\.alipayPublicKey: is missing/,
  ],
]

for (const [what, configuration, says] of refusals) {
  test(`refused, with file and field: ${what}`, async (context) => {
    const lines = await complaints(context, configuration)
    assert.ok(
      lines.some((line) => says.test(line)),
      `${says} in ${JSON.stringify(lines)}`,
    )
  })
}

test('a secret written as plain text is refused and not repeated', async (context) => {
  const secret = 'PlainSecretThatMustNotBeEchoed00'
  for (const [base, field] of [
    [wechat, 'apiKey'],
    [wechat, 'clientKey'],
    [alipayChannel, 'appPrivateKey'],
    [alipayChannel, 'appAuthToken'],
  ] as const) {
    const lines = await complaints(context, with_({ [field]: secret }, base))
    assert.ok(
      lines.some((line) => line.startsWith(`channels[0].${field}: expected {"file"`)),
      String(lines),
    )
    assert.ok(!String(lines).includes(secret))
  }
})

test('a secret in a misplaced field or a broken file is not repeated either', async (context) => {
  const secret = 'PlainSecretThatMustNotBeEchoed00'
  for (const configuration of [
    with_({ apiKey: { file: 'api-key.txt', value: secret } }),
    with_({ signType: secret }),
    with_({ kind: secret }),
    `{"channels": [{"apiKey": "${secret}" "id": 1}]}`,
    `{"channels": [{"apiKey": ${secret}}]}`,
    { routes: { wechat: secret.toLowerCase() } },
  ]) {
    const lines = await complaints(context, configuration)
    assert.ok(lines.length > 0)
    assert.ok(!String(lines).toLowerCase().includes(secret.toLowerCase()), String(lines))
  }
})

for (const [text, says] of [
  ['{\n  "store": {"id": "S001",}\n}', /line 2, column 26$/],
  ['{\n"a": 1\n"b": 2}', /line 3, column 1$/],
  ['{"store": ', /value expected\): line 1, column 11$/],
  ['', /not JSON/],
  ['// comment\n{}', /line 1, column 1$/],
  ['{"till": nonsense}', /line 1, column 10$/],
  ['{\r\n\t"till": 1,\r\n\t\'store\': 2\r\n}', /line 3, column 2$/],
  ['\ufeff{\n  x\n}', /line 2, column 3$/],
  ['\ufeffx', /line 1, column 1$/],
] as const) {
  test(`JSON that does not parse is told with line and column: ${JSON.stringify(text)}`, async (context) => {
    assert.match((await complaints(context, text))[0] ?? '', says)
  })
}

test('a byte order mark before the configuration or a key is no part of it', async (context) => {
  assert.deepEqual(await complaints(context, `\ufeff${JSON.stringify(live)}`), [])
})

test('all complaints come at once, as lines with file and field', async (context) => {
  const reading = await load(context, { ...live, routes: { wechat: 'x', alipay: 'y' }, policy: { z: {} } })
  assert.ok(!reading.ok)
  assert.equal(reading.problems.length, 3)
  for (const line of settingsProblemLines(reading.problems)) assert.match(line, /config\.json: (routes|policy)\./)
})

test('a file that must be there and is not, or cannot be read, is named', async () => {
  const path = join(tmpdir(), 'no-such-folder', 'config.json')
  const reading = await loadSettings({ path, required: true, environment: {}, sealed: noSealedSecrets, wallMs })
  assert.ok(!reading.ok)
  assert.deepEqual(reading.problems, [{ file: path, field: '', message: 'cannot be read (ENOENT)' }])
})

test('a policy cannot make a schedule that floods the journal', async (context) => {
  const reading = await load(context, { policy: { wechat: { pollMs: 1, windowMs: 3_600_000 } } })
  if (!reading.ok) return // refused: as good
  const ages = reading.settings.policies.wechat?.policy.queryAgesMs ?? []
  assert.ok(ages.length <= 10_000, `${ages.length} ages stand in every order's first entry`)
})
