import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { createHidPosFramer, hidPosBytesMax, partialMs } from './hid-pos-framer.ts'
import { type HidPosLayoutName, hidPosLayouts, layoutOfVendor } from './hid-pos-layout.ts'
import { countedDigits, framedBy, hidPosReports, latin1 } from './reports.fixture.ts'

const layouts: readonly HidPosLayoutName[] = ['aim', 'plain', 'shifted', 'microscan']
const printable = fc.string({ unit: fc.integer({ min: 0x21, max: 0x5c }).map((code) => String.fromCharCode(code)) })

for (const name of layouts) {
  test(`a payment code arrives in one report (${name}), whether the layout is known or told from it`, () => {
    for (const known of [name, null]) {
      const gun = framedBy(createHidPosFramer(known))
      gun.send(...hidPosReports(name, latin1(countedDigits(18)), { padding: 0x37 }).map(withFlagClear(name)))
      assert.deepEqual(gun.texts(), [countedDigits(18)])
      assert.deepEqual(gun.symbologies(), [hidPosLayouts[name].aimAt === null ? null : 'Q1'])
      assert.deepEqual(gun.drops(), [])
    }
  })

  test(`any text of any length is put together again (${name})`, () => {
    fc.assert(
      fc.property(fc.array(printable, { minLength: 1, maxLength: 30 }), fc.boolean(), (pieces, known) => {
        const text = pieces.join('')
        fc.pre(text.length > 0)
        const gun = framedBy(createHidPosFramer(known ? name : null))
        gun.send(...hidPosReports(name, latin1(text)))
        gun.wait(partialMs)
        assert.deepEqual(gun.texts(), [text])
      }),
    )
  })
}

/** Padding must not look like the continuation flag: a firmware that pads still says when its code is complete. */
function withFlagClear(name: HidPosLayoutName) {
  const { continuationAt } = hidPosLayouts[name]
  return (report: Uint8Array): Uint8Array => {
    if (continuationAt !== null) report[continuationAt] = 0
    return report
  }
}

test('Newland is known to send no identifier, Honeywell to send one; others tell by their reports', () => {
  assert.equal(layoutOfVendor(0x1eab), 'plain')
  assert.equal(layoutOfVendor(0x0c2e), 'aim')
  assert.equal(layoutOfVendor(0x1234), null)
})

test('an identifier in the data of a gun without a field for it is taken off', () => {
  const gun = framedBy(createHidPosFramer('plain'))
  gun.send(...hidPosReports('plain', latin1(`]C0${countedDigits(18)}`)))
  assert.deepEqual([gun.texts(), gun.symbologies()], [[countedDigits(18)], ['C0']])
})

test('a code that begins with a bracket in its second part does not change the layout', () => {
  const text = `${countedDigits(56)}]Q1${countedDigits(20)}`
  const gun = framedBy(createHidPosFramer(null))
  gun.send(...hidPosReports('plain', latin1(text)))
  assert.deepEqual(gun.texts(), [text])
})

test('the rest that does not come in time is dropped, and the next code is whole', () => {
  const gun = framedBy(createHidPosFramer('aim'))
  const [first] = hidPosReports('aim', latin1(countedDigits(100)))
  gun.send(first as Uint8Array)
  gun.wait(partialMs)
  gun.send(...hidPosReports('aim', latin1(countedDigits(18))))
  assert.deepEqual([gun.texts(), gun.drops()], [[countedDigits(18)], ['torn']])
})

test('half a code and then no gun any more: nothing of it comes back when the gun does', () => {
  const gun = framedBy(createHidPosFramer('plain'))
  gun.send(...hidPosReports('plain', latin1(countedDigits(100))).slice(0, 1))
  gun.unplug()
  gun.send(...hidPosReports('plain', latin1(countedDigits(18, 3))))
  assert.deepEqual([gun.texts(), gun.drops()], [[countedDigits(18, 3)], ['torn']])
})

test('a length above the field, or above what came, is dropped', () => {
  const gun = framedBy(createHidPosFramer('aim'))
  const [report] = hidPosReports('aim', latin1(countedDigits(18)))
  const tooLong = Uint8Array.from(report as Uint8Array)
  tooLong[1] = 57
  gun.send(tooLong, (report as Uint8Array).subarray(0, 20), new Uint8Array([2]))
  assert.deepEqual([gun.texts(), gun.drops()], [[], ['wrong-length', 'wrong-length', 'wrong-length']])
})

test('a host that delivers 61 of the 64 bytes is understood', () => {
  const gun = framedBy(createHidPosFramer('aim'))
  gun.send(...hidPosReports('aim', latin1(countedDigits(70))).map((report) => report.subarray(0, 61)))
  assert.deepEqual(gun.texts(), [countedDigits(70)])
})

test('8 KiB is the limit; what is over it is told once, and the next code is whole', () => {
  const gun = framedBy(createHidPosFramer('plain'))
  gun.send(...hidPosReports('plain', latin1('7'.repeat(hidPosBytesMax))))
  assert.equal(gun.texts()[0]?.length, hidPosBytesMax)
  gun.send(...hidPosReports('plain', latin1('7'.repeat(hidPosBytesMax + 200))))
  gun.send(...hidPosReports('plain', latin1(countedDigits(18))))
  assert.deepEqual([gun.texts().slice(1), gun.drops()], [[countedDigits(18)], ['too-long']])
})

test('answers to settings and reports of other ids are no scans', () => {
  const gun = framedBy(createHidPosFramer('aim'))
  gun.send(
    ...hidPosReports('aim', latin1('MATCFG1'), { aim: 'X0' }),
    ...hidPosReports('aim', latin1('1'), { aim: 'Z6' }),
  )
  const [other] = hidPosReports('aim', latin1(countedDigits(18)))
  gun.send(Uint8Array.from(other as Uint8Array, (byte, index) => (index === 0 ? 0x10 : byte)))
  assert.deepEqual([gun.texts(), gun.drops()], [[], ['setting-answer', 'setting-answer']])
})

test('line ends go, Chinese is read as UTF-8 and else as GB18030', () => {
  const gun = framedBy(createHidPosFramer('plain'))
  gun.send(...hidPosReports('plain', latin1(`${countedDigits(18)}\r\n\t`)))
  gun.send(...hidPosReports('plain', Uint8Array.from(Buffer.from('会员 12', 'utf8'))))
  gun.send(...hidPosReports('plain', Uint8Array.from([0xbb, 0xe1, 0xd4, 0xb1])))
  assert.deepEqual(gun.texts(), [countedDigits(18), '会员 12', '会员'])
})

test('two hundred reports in a burst are two hundred codes', () => {
  const gun = framedBy(createHidPosFramer('aim'))
  const codes = Array.from({ length: 200 }, (_, index) => countedDigits(18, index))
  gun.send(...codes.flatMap((code) => hidPosReports('aim', latin1(code))))
  assert.deepEqual(gun.texts(), codes)
})

test('whatever bytes come, no report makes the framer throw or hold more than its limit', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 70 }), { maxLength: 60 }), (reports) => {
      const gun = framedBy(createHidPosFramer(null))
      gun.send(...reports)
      gun.wait(partialMs)
      return gun.texts().every((text) => text !== '' && text.length <= hidPosBytesMax)
    }),
  )
})
