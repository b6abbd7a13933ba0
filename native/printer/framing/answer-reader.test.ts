import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type Answer, createAnswerReader, tornMs } from './answer-reader.ts'
import { errorSign, offlineSigns, paperSigns, queuedPaperSigns, reportSigns } from './status-bytes.ts'

const read = (...bytes: readonly number[]): readonly Answer[] => createAnswerReader().take(Uint8Array.from(bytes), 0)

test('every kind of answer is told by its fixed bits', () => {
  assert.deepEqual(read(0x12, 0x16), [
    { kind: 'real-time', byte: 0x12 },
    { kind: 'real-time', byte: 0x16 },
  ])
  assert.deepEqual(read(0x00, 0x0c), [
    { kind: 'queued', byte: 0x00 },
    { kind: 'queued', byte: 0x0c },
  ])
  assert.deepEqual(read(0x14, 0x00, 0x0f, 0x00), [{ kind: 'automatic', bytes: [0x14, 0x00, 0x0f, 0x00] }])
  assert.deepEqual(read(0x37, 0x22, 0x41, 0x42, 0x43, 0x44, 0x00), [{ kind: 'process-id', id: 'ABCD' }])
  assert.deepEqual(read(0xff), [{ kind: 'garbage' }])
})

test('flow control inside of a report breaks neither', () => {
  assert.deepEqual(read(0x10, 0x13, 0x00, 0x11, 0x00, 0x00), [
    { kind: 'flow' },
    { kind: 'flow' },
    { kind: 'automatic', bytes: [0x10, 0, 0, 0] },
  ])
})

test('a report that breaks off is garbage, and what breaks it is read as itself', () => {
  assert.deepEqual(read(0x10, 0x00, 0x12), [{ kind: 'garbage' }, { kind: 'real-time', byte: 0x12 }])
  const reader = createAnswerReader()
  assert.deepEqual(reader.take(Uint8Array.of(0x10, 0x00), 0), [])
  assert.deepEqual(reader.take(Uint8Array.of(0x00), tornMs + 1), [{ kind: 'garbage' }, { kind: 'queued', byte: 0 }])
})

const answer: fc.Arbitrary<{ readonly bytes: readonly number[]; readonly answer: Answer }> = fc.oneof(
  fc.integer({ min: 0, max: 0xff }).map((any) => {
    const byte = (any & 0x6c) | 0x12
    return { bytes: [byte], answer: { kind: 'real-time', byte } as const }
  }),
  fc.constantFrom(0x00, 0x03, 0x0c, 0x0f).map((byte) => ({ bytes: [byte], answer: { kind: 'queued', byte } as const })),
  fc.tuple(fc.nat(0xff), fc.nat(0xff), fc.nat(0xff), fc.nat(0xff)).map(([a, b, c, d]) => {
    const bytes = [(a & 0x6c) | 0x10, b & 0x6f, c & 0x6f, d & 0x6f] as const
    return { bytes, answer: { kind: 'automatic', bytes } as const }
  }),
  fc.array(fc.integer({ min: 0x20, max: 0x7e }), { minLength: 4, maxLength: 4 }).map((id) => ({
    bytes: [0x37, 0x22, ...id, 0],
    answer: { kind: 'process-id', id: String.fromCharCode(...id) } as const,
  })),
)

test('answers are told apart in whatever pieces they come', () => {
  fc.assert(
    fc.property(fc.array(answer, { maxLength: 12 }), fc.array(fc.nat(40)), (answers, cuts) => {
      const bytes = Uint8Array.from(answers.flatMap((each) => each.bytes))
      const reader = createAnswerReader()
      const edges = [0, ...cuts.filter((cut) => cut < bytes.length).toSorted((a, b) => a - b), bytes.length]
      const heard = edges.flatMap((edge, index) => reader.take(bytes.slice(edges[index - 1] ?? 0, edge), 0))
      assert.deepEqual(
        heard,
        answers.map((each) => each.answer),
      )
    }),
  )
})

test('noise never throws, and what is read of it stays small', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 500 }), (noise) => {
      assert.ok(createAnswerReader().take(noise, 0).length <= 2 * noise.length)
    }),
  )
})

test('the bits mean what the reference says', () => {
  assert.deepEqual(offlineSigns(0x16), { coverOpen: true, feeding: false, paperOut: false, error: null })
  assert.deepEqual(offlineSigns(0x7a), { coverOpen: false, feeding: true, paperOut: true, error: 'unnamed' })
  assert.deepEqual([0x1a, 0x32, 0x52, 0x16, 0x12].map(errorSign), [
    'cutter',
    'unrecoverable',
    'recovers-by-itself',
    'recoverable',
    'unnamed',
  ])
  assert.deepEqual(paperSigns(0x1e), { paperOut: false, paperLow: true })
  assert.deepEqual(paperSigns(0x72), { paperOut: true, paperLow: false })
  assert.deepEqual([0x00, 0x03, 0x0c, 0x0f, 0x60].map(queuedPaperSigns), [
    { paperOut: false, paperLow: false },
    { paperOut: false, paperLow: true },
    { paperOut: true, paperLow: false },
    { paperOut: true, paperLow: true },
    { paperOut: true, paperLow: false },
  ])
  // One bit of a pair alone is no sensor's word.
  assert.deepEqual([0x01, 0x04, 0x20].map(queuedPaperSigns), [null, null, null])
  assert.deepEqual(reportSigns([0x30, 0x08, 0x0f, 0x00]), {
    coverOpen: true,
    feeding: false,
    paperOut: true,
    paperLow: true,
    error: 'cutter',
  })
})
