import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as alipay from './alipay/alipay.fixture.ts'
import { createAlipayChannel } from './alipay/channel.ts'
import { assertListed, fuzzedCalls } from './listed-outcomes.fixture.ts'
import { createWechatChannel } from './wechat/channel.ts'
import * as wechat from './wechat/wechat.fixture.ts'

/** As much as the transport lets through. A decoder that looks twice at each character for each character would be seen. */
const longest = 1_048_576

const filled = (before: string, piece: string, after = ''): string => {
  const room = longest - Buffer.byteLength(before + after)
  return before + piece.repeat(Math.floor(room / Buffer.byteLength(piece))) + after
}
const numbered = (count: number, of: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => of(index)).join('')

const worstTexts: Readonly<Record<string, string>> = {
  'tags that never close': filled('', '<a>'),
  'one element in another': `${'<a>'.repeat(149_000)}${'</a>'.repeat(149_000)}`,
  'elements of 50,000 names': `<xml>${numbered(50_000, (index) => `<f${index}>1</f${index}>`)}</xml>`,
  'blank elements': filled('<xml>', '<a> </a>', '</xml>'),
  entities: filled('<xml><a>', '&lt;', '</a></xml>'),
  'CDATA that never closes': filled('<xml>', '<![CDATA['),
  comments: filled('<xml>', '<!-- -->', '</xml>'),
  attributes: filled('<xml ', 'a ', '></xml>'),
  'half a doctype': filled('<!', ' '),
  'brackets that never close': filled('', '['),
  'objects that never close': filled('', '{"a":'),
  'one list in another': filled('{"alipay_trade_query_response":{"a":', '[]', '},"sign":"x"}').replace(
    /(?:\[\])+/,
    (lists) => '['.repeat(lists.length / 2) + ']'.repeat(lists.length / 2),
  ),
  'members of 50,000 names': `{"alipay_trade_query_response":{${numbered(50_000, (index) => `"a${index}":"1",`)}"b":1},"sign":"x"}`,
  'escaped slashes': filled('{"alipay_trade_query_response":{"a":"', '\\/', '"},"sign":"x"}'),
  'a signature without end': filled('{"alipay_trade_query_response":{"code":"10000"},"sign":"', 'A', '"}'),
}

const channels = [
  { name: 'WeChat', channel: createWechatChannel(wechat.settings), order: wechat.order },
  { name: 'Alipay', channel: createAlipayChannel(alipay.settings), order: alipay.order },
] as const

for (const { name, channel, order } of channels) {
  test(`${name}: the largest answers, made to be slow to read, are unknown like any other`, () => {
    for (const [what, text] of Object.entries(worstTexts)) {
      assert.ok(text.length <= longest && text.length > longest / 2, what)
      for (const call of fuzzedCalls) {
        const outcome = channel[call].decode(order, wechat.response(text))
        assertListed(call, outcome)
        assert.equal(outcome.kind, call === 'revoke' ? 'try-again' : 'unknown', `${what}: ${call}`)
      }
    }
  })
}
