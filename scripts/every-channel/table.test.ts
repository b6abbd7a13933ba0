import assert from 'node:assert/strict'
import { test } from 'node:test'
import { withStories } from './stories-page.ts'
import { endsTable } from './table.ts'

const money = { chargedFen: 1_234, refundedFen: 0 }

test('a cell tells both ways of paying and the books, and where something is missing', () => {
  const table = endsTable(
    [
      { channel: 'wechat', story: 'pays-at-once', exit: 0, status: 'paid', revokeEffect: null, book: money },
      {
        channel: 'alipay',
        story: 'password-never',
        exit: 1,
        status: 'revoked',
        revokeEffect: 'closed',
        book: { chargedFen: 0, refundedFen: 0 },
      },
    ],
    [{ channel: 'wechat', story: 'pays-at-once', scene: 'paid', ...money }],
  )
  const [, , ...rows] = table.split('\n')
  assert.match(rows[0] ?? '', /^\| `pays-at-once` \| 0 paid<br>paid<br>charged \| cannot be told \|/)
  assert.match(
    table,
    /\| 1 revoked, closed<br>not played<br>not charged; counter: not known \|/,
    'what was not played is told',
  )
})

test('books that differ are told apart', () => {
  const table = endsTable(
    [{ channel: 'wechat', story: 'pays-at-once', exit: 0, status: 'paid', revokeEffect: null, book: money }],
    [{ channel: 'wechat', story: 'pays-at-once', scene: 'paid', chargedFen: 1_234, refundedFen: 1_234 }],
  )
  assert.match(table, /charged; counter: charged, returned/)
})

test('a part of the page is put between its markers, and the rest stays', () => {
  const page = 'before\n<!-- stories:till -->\nold\n<!-- /stories:till -->\nbehind\n'
  assert.equal(
    withStories(page, 'till', 'new\n'),
    'before\n<!-- stories:till -->\n\nnew\n\n<!-- /stories:till -->\nbehind\n',
  )
  assert.throws(() => withStories(page, 'command-line-and-counter', 'new'), /no place/)
})
