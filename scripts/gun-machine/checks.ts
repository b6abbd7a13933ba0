/** What the virtual machine finds out about guns, each as what must hold. */
export const checks = {
  'absent-told': 'no gun there: both told as not plugged in',
  found: 'plugged in: HID POS and serial gun found and said to be used',
  listed: 'listed by make, number and usage, as `till scanners` shows them',
  'hid-codes': 'HID POS codes, one after the other: whole, in order, with symbology',
  'hid-burst': 'HID POS codes without a pause: whole, in order',
  'hid-long': 'long codes over several reports, Chinese text among them: whole',
  'serial-codes': 'serial codes with CR, LF, CR LF and Tab: whole, in order',
  'both-at-once': 'both guns at once: each gun’s codes whole, in order, under its name',
  replugged: 'pulled out and plugged in: lost and reopened in time, the next codes whole',
  'half-codes': 'half a code and then unplugged: never a code',
  wiggle: 'pulled out and back at once: read again, and nobody is told',
  'process-killed': 'device process killed with -9: starts anew, codes arrive',
  'scanned-meanwhile': 'scanned while it was dead: whole or not at all',
  'no-identifier': 'a make whose reports bear no identifier (Newland): whole, in order',
  'unknown-make': 'a make that nothing is known of: layout told from its reports',
  'two-alike': 'two guns of one make without numbers: both read, told apart',
  keyboard: 'a keyboard gun past the desktop: whole, in order',
  overflow: 'more reports than the kernel keeps: what arrives is whole and in order, the rest is lost',
  'no-permission': 'a gun that may not be read: told so, and read once it may be',
} as const satisfies Readonly<Record<string, string>>

export type CheckName = keyof typeof checks

/** Every check, in the order of the report. */
export const checkNames = Object.keys(checks) as readonly CheckName[] // the names of a closed object

/** What the virtual machine measures, in milliseconds. */
export const figures = {
  'hid-latency': 'HID POS over USB: report written until the till has the code',
  'serial-latency': 'serial over USB: code written until the till has it',
  'uhid-latency': 'HID POS without a USB bus: report written until the till has the code',
  'hid-reopened': 'HID POS: plugged in until said to be used',
  'serial-reopened': 'serial: plugged in until said to be used',
  'hid-lost': 'HID POS: pulled out until told',
  'serial-lost': 'serial: pulled out until told',
  'process-restarted': 'device process killed until both guns are said to be used',
} as const satisfies Readonly<Record<string, string>>

export type FigureName = keyof typeof figures

/** Every figure, in the order of the report. */
export const figureNames = Object.keys(figures) as readonly FigureName[] // the names of a closed object

/** One line of the machine's report. */
export type ReportLine =
  | { readonly type: 'check'; readonly name: CheckName; readonly passed: boolean; readonly detail: string }
  | {
      readonly type: 'figure'
      readonly name: FigureName
      readonly samples: number
      readonly p50Ms: number
      readonly p99Ms: number
      readonly maxMs: number
    }

/** Stand before and behind the report on the console, where the kernel and the shell write too. */
export const reportBegins = '---- gun machine: report begins ----'
export const reportEnds = '---- gun machine: report ends ----'
