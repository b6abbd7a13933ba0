import type { SetupPrinter, WantedPrinter } from '../api/contract.ts'
import { type PrinterConfiguration, printerSchema, printerSettings } from '../settings/printer-schema.ts'

/** The field that says where a printer of a kind is. */
const placeFields = { tcp: 'address', serial: 'path', 'device-file': 'path', spooler: 'queue' } as const satisfies {
  readonly [Kind in WantedPrinter['kind']]: string
}

/** A printer of the configuration as the form shows it. */
export function setupPrinter(printer: PrinterConfiguration): SetupPrinter {
  const { kind, profile, drawer } = printer
  const at = kind === 'tcp' ? printer.address : kind === 'spooler' ? printer.queue : printer.path
  return { label: printerSettings(printer).name, name: printer.name ?? '', kind, at, profile, drawer: drawer !== false }
}

export type PrinterDraft =
  | { readonly ok: true; readonly printer: PrinterConfiguration }
  | { readonly ok: false; readonly problems: readonly { readonly field: string; readonly problem: string }[] }

/**
 * The entry of `printers` that a form wants. What the form does not show stays as it was written: paper, fall-back, the pulse of
 * the drawer, and the line's speed where the printer stays on its line.
 */
export function readPrinter(wanted: WantedPrinter, before: PrinterConfiguration | null): PrinterDraft {
  const { kind, profile } = wanted
  const { paper, encoding, fallback, status, silenceMeansPrinted, drawer: formerDrawer } = before ?? {}
  const kept = before?.kind === kind ? before : { paper, encoding, fallback, status, silenceMeansPrinted }
  const name = wanted.name.trim()
  const drawer = !wanted.drawer ? false : typeof formerDrawer === 'object' ? formerDrawer : true
  const entry = {
    ...kept,
    kind,
    [placeFields[kind]]: wanted.at.trim(),
    profile,
    drawer,
    name: name === '' ? undefined : name,
  }
  const read = printerSchema.safeParse(withoutUndefined(entry))
  if (read.success) return { ok: true, printer: withoutUndefined(read.data) as PrinterConfiguration }
  const problems = read.error.issues.map(({ path, message }) => {
    const field = String(path[0] ?? 'kind')
    return { field: field === placeFields[kind] ? 'at' : field, problem: message }
  })
  return { ok: false, problems }
}

const withoutUndefined = (entry: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> =>
  Object.fromEntries(Object.entries(entry).filter(([, value]) => value !== undefined))
