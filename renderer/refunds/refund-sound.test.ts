import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createRefundCue } from './refund-sound.ts'

test('each end of a refund is heard once, and its wait not at all', () => {
  const cue = createRefundCue()
  const hear = (refundNumber: string, status: Parameters<typeof cue>[0]['status']) => cue({ refundNumber, status })
  assert.equal(hear('R1', 'requested'), null)
  assert.equal(hear('R1', 'unknown'), 'unknown')
  assert.equal(hear('R1', 'unknown'), null)
  assert.equal(hear('R2', 'done'), 'revoked-refunded')
  assert.equal(hear('R1', 'attention'), 'attention')
})
