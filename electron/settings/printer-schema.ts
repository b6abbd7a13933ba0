import { z } from 'zod'
import { pulseRangeMs, usualPulse } from '../../native/drawer/pulse.ts'
import { addressText, type PrinterAddress } from '../../native/printer/printer-address.ts'
import { type PrinterSettings, transportProfileOf } from '../../native/printer/printer-settings.ts'

/** `printers` of `config.json` (design §9): where each receipt printer is and what it is like. */

const name = z.string().regex(/^[\p{L}\p{N}][\p{L}\p{N} ._-]{0,39}$/u, 'expected 1 to 40 letters and digits')

const pulseMs = z.int().min(pulseRangeMs.least).max(pulseRangeMs.most)

const shared = {
  name: name.optional(),
  profile: z
    .string({ error: 'is missing; give the model’s profile, such as "generic-80"' })
    .regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'expected the name of a profile, such as "generic-80"'),
  paper: z.literal([58, 80], { error: 'expected 58 or 80, the roll’s width in millimetres' }).optional(),
  encoding: z.enum(['gb18030', 'gbk'], { error: 'expected "gb18030" or "gbk"' }).optional(),
  /** The name of another printer. */
  fallback: name.optional(),
  /** Whether the model answers questions about its state. */
  status: z.enum(['always', 'unknown', 'never'], { error: 'expected "always", "unknown" or "never"' }).optional(),
  /** Whether a job that such a model took whole counts as printed; left out, where `status` is "never". */
  silenceMeansPrinted: z.boolean({ error: 'expected true or false' }).optional(),
  /** True, or the pulse where the usual one does not open the drawer. */
  drawer: z
    .union(
      [
        z.boolean(),
        z.strictObject({
          pin: z.literal([2, 5]).default(usualPulse.pin),
          onMs: pulseMs.default(usualPulse.onMs),
          offMs: pulseMs.default(usualPulse.offMs),
        }),
      ],
      { error: 'expected true, false, or {"pin": 2, "onMs": 50, "offMs": 500}' },
    )
    .default(false),
}

const tcp = z.strictObject({
  kind: z.literal('tcp'),
  address: z.string({ error: 'is missing; give host and port, such as "192.168.1.50:9100"' }).refine(isTcpAddress, {
    error: 'expected host and port, such as "192.168.1.50:9100" or "[fd00::50]:9100"',
  }),
  ...shared,
})

const serial = z.strictObject({
  kind: z.literal('serial'),
  path: z.string({ error: 'is missing; give the port, such as "/dev/ttyUSB0" or "COM3"' }).min(1).max(200),
  baudRate: z.int().min(300).max(921_600).default(9_600),
  flow: z.enum(['none', 'rts-cts', 'xon-xoff']).default('rts-cts'),
  ...shared,
})

const deviceFile = z.strictObject({
  kind: z.literal('device-file'),
  path: z
    .string({ error: 'is missing; give the device file, such as "/dev/usb/lp0"' })
    .max(200)
    .regex(/^\/dev\/./, 'expected a device file, such as "/dev/usb/lp0"'),
  ...shared,
})

const spooler = z.strictObject({
  kind: z.literal('spooler'),
  queue: z
    .string({ error: 'is missing; give the queue’s name, as "till printers" lists it' })
    .min(1)
    .max(220)
    .refine((text) => !/^-|,|\p{Cc}/u.test(text), { error: 'expected the name of a queue, without commas' }),
  ...shared,
})

export const printerSchema = z.discriminatedUnion('kind', [tcp, serial, deviceFile, spooler], {
  error: 'expected a "kind" of printer: tcp, serial, device-file, spooler',
})

export type PrinterConfiguration = z.infer<typeof printerSchema>

/** A printer's entry as the rest of the till takes it; without a name it bears its address. */
export function printerSettings(printer: PrinterConfiguration): PrinterSettings {
  const { profile, paper, encoding, fallback, status, drawer, silenceMeansPrinted } = printer
  const address = addressOf(printer)
  const known = transportProfileOf(profile)
  return {
    name: printer.name ?? addressText(address),
    address,
    profile,
    transport: {
      ...known,
      realTimeStatus: status ?? known.realTimeStatus,
      // A model that answers nothing cannot prove anything either.
      proof: status === 'never' ? 'none' : known.proof,
      drawer: drawer === false ? null : drawer === true ? usualPulse : drawer,
    },
    paperMm: paper ?? null,
    encoding: encoding ?? null,
    fallback: fallback ?? null,
    silenceMeansPrinted: silenceMeansPrinted ?? status === 'never',
  }
}

/** What the entries say of each other and should not, as field and message. */
export function printerComplaints(
  printers: readonly PrinterConfiguration[],
): readonly { readonly field: string; readonly message: string }[] {
  const settings = printers.map(printerSettings)
  const names = settings.map((each) => each.name)
  return settings.flatMap((each, index) => {
    const at = `printers[${index}]`
    const twin = names.indexOf(each.name)
    const own = twin === index ? [] : [{ field: `${at}.name`, message: `"${each.name}" is printers[${twin}] already` }]
    return [...own, ...fallbackComplaints(each, names, `${at}.fallback`)]
  })
}

function fallbackComplaints(
  { name: own, fallback }: PrinterSettings,
  names: readonly string[],
  field: string,
): readonly { readonly field: string; readonly message: string }[] {
  if (fallback === null) return []
  if (fallback === own) return [{ field, message: 'a printer cannot stand in for itself' }]
  return names.includes(fallback) ? [] : [{ field, message: `no printer has this name; there are ${names.join(', ')}` }]
}

function addressOf(printer: PrinterConfiguration): PrinterAddress {
  switch (printer.kind) {
    case 'tcp': {
      const { host, port } = readTcpAddress(printer.address) ?? {}
      if (host === undefined || port === undefined) throw new TypeError('the schema let an address through')
      return { kind: 'tcp', host, port }
    }
    case 'serial': {
      const { kind, path, baudRate, flow } = printer
      return { kind, path, baudRate, flow }
    }
    case 'device-file':
      return { kind: printer.kind, path: printer.path }
    case 'spooler':
      return { kind: printer.kind, queue: printer.queue }
  }
}

function isTcpAddress(text: string): boolean {
  return readTcpAddress(text) !== null
}

/** `host:port`, or a host alone for port 9100; IPv6 in brackets. */
function readTcpAddress(text: string): { readonly host: string; readonly port: number } | null {
  const found = /^(?:\[([0-9a-fA-F:.]+)\]|([0-9A-Za-z](?:[0-9A-Za-z.-]{0,251}[0-9A-Za-z])?))(?::(\d{1,5}))?$/.exec(text)
  const host = found?.[1] ?? found?.[2]
  const port = Number(found?.[3] ?? 9_100)
  return host === undefined || port < 1 || port > 65_535 ? null : { host, port }
}
