import assert from 'node:assert/strict'
import { test } from 'node:test'
import { catalogues } from './catalogues.ts'
import { inReversalWords, withoutRevoke } from './revoke-words.ts'

const zhCN = catalogues['zh-CN']
const { en } = catalogues

/** Every sentence of a catalogue; those with blanks get a figure. */
function sentences(node: unknown): readonly string[] {
  if (typeof node === 'string') return [node]
  if (typeof node === 'function') return []
  return Object.values(node ?? {}).flatMap(sentences)
}

test('for a channel that says reversal, no sentence says revoke any more, in both languages', () => {
  const chinese = sentences(inReversalWords(zhCN))
  assert.ok(chinese.some((sentence) => sentence.includes('冲正')))
  assert.deepEqual(
    chinese.filter((sentence) => sentence.includes('撤销')),
    [],
  )
  const english = sentences(inReversalWords(en))
  assert.ok(english.some((sentence) => /reversed/i.test(sentence)))
  assert.deepEqual(
    english.filter((sentence) => /revok/i.test(sentence)),
    [],
  )
})

test('sentences with blanks are changed as well, and the plain catalogue stays as it is', () => {
  assert.equal(inReversalWords(zhCN).counter.revokeIn(3), '3 秒后可冲正')
  assert.equal(zhCN.counter.revokeIn(3), '3 秒后可撤销')
  assert.equal(inReversalWords(en), inReversalWords(en), 'made once')
})

test('for a channel without a revoke nothing at the counter promises one', () => {
  for (const words of [zhCN, en]) {
    const { actions, attentions, counter, revokeDialog } = withoutRevoke(words)
    const promised = [
      actions.revoke,
      counter.atZeroClosed,
      counter.atZeroRefunded,
      counter.almostZero,
      counter.revokeIn(3),
      revokeDialog.title('¥1.00'),
      revokeDialog.confirm,
    ]
    assert.deepEqual(
      promised.filter((sentence) => /撤销|revok/i.test(sentence)),
      [],
    )
    const reopened = Object.values(attentions['open-after-end']).join(' ')
    assert.match(reopened, /不能撤销|cannot revoke/)
    assert.doesNotMatch(reopened, /正在自动|is revoking/)
  }
})
