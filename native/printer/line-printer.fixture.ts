import { createVirtualTime } from '../scanner/device/virtual-time.fixture.ts'
import { createMockBinding } from './binding/mock-binding.fixture.ts'
import { openLinePrinter } from './line-printer.ts'
import { genericProfile, type PrinterProfile } from './printer-profile.ts'

export const forEver: AbortSignal = new AbortController().signal

/** A receipt in GB18030 with an own text, an own QR code, and a cut at its end. */
export function receipt(text: string): Uint8Array {
  const qr = [...Buffer.from('S0010120261130K7QX000042')]
  return Uint8Array.from([
    ...[0x1b, 0x40, 0x1c, 0x26],
    // 已收款 in GB18030.
    ...[0xd2, 0xd1, 0xca, 0xd5, 0xbf, 0xee, 0x0a],
    ...Buffer.from(`${text}\n`),
    ...[0x1d, 0x28, 0x6b, qr.length + 3, 0x00, 0x31, 0x50, 0x30, ...qr],
    ...[0x1d, 0x56, 0x42, 0x00],
  ])
}

/** A printer at a mock line under virtual time. */
export function printerOfTest(changes: Partial<PrinterProfile> = {}) {
  const hardware = createMockBinding()
  const virtual = createVirtualTime()
  let jobs = 0
  const printer = openLinePrinter({
    open: (listeners, signal) =>
      hardware.binding.openLine({ kind: 'tcp', host: 'printer', port: 9_100 }, listeners, signal),
    profile: { ...genericProfile, ...changes },
    time: virtual.time,
    wireMs: () => 0,
    nextProcessId: () => {
      jobs += 1
      return String(jobs).padStart(4, '0')
    },
  })
  /** Lets time pass until the work is over, in steps; tells what came and how long it took. */
  const over = async <Result>(work: Promise<Result>, stepMs = 50): Promise<{ result: Result; tookMs: number }> => {
    const fromMs = virtual.time.nowMs()
    let isOver = false
    const marked = work.finally(() => {
      isOver = true
    })
    await virtual.settle()
    while (!isOver) await virtual.pass(stepMs)
    return { result: await marked, tookMs: virtual.time.nowMs() - fromMs }
  }
  return {
    ...hardware,
    ...virtual,
    printer,
    over,
    print: (text: string) => over(printer.print(receipt(text), forEver)),
  }
}
