import { join } from 'node:path'
import { type PinRecord, pinRecord } from './pin-record.ts'
import { jsonOf, readPrivateFile, writePrivateFile } from './private-file.ts'

/** In the data folder; readable by the till's user alone. */
export const pinFileName = 'manager-pin.json'

/** Why the file of the PIN cannot be used; it is left as it is. */
export type PinTrouble =
  | { readonly kind: 'damaged'; readonly path: string }
  | { readonly kind: 'disk'; readonly path: string; readonly detail: string }

export type PinReading =
  | { readonly kind: 'set'; readonly record: PinRecord }
  | { readonly kind: 'not-set' }
  | { readonly kind: 'trouble'; readonly trouble: PinTrouble }

/** Reads the file anew each time: the command line may have changed it beside a running till. */
export async function readPinFile(dataDirectory: string): Promise<PinReading> {
  const path = join(dataDirectory, pinFileName)
  const reading = await readPrivateFile(path)
  if (reading.kind === 'missing') return { kind: 'not-set' }
  if (reading.kind === 'disk') return { kind: 'trouble', trouble: { ...reading, path } }
  const parsed = pinRecord.safeParse(jsonOf(reading.text))
  if (!parsed.success) return { kind: 'trouble', trouble: { kind: 'damaged', path } }
  return { kind: 'set', record: parsed.data }
}

/** Puts the record in the file's place in one step, durably; a power cut leaves the old one or the new one. */
export async function writePinFile(dataDirectory: string, record: PinRecord): Promise<PinTrouble | null> {
  const path = join(dataDirectory, pinFileName)
  const detail = await writePrivateFile(path, `${JSON.stringify(record, null, 2)}\n`)
  return detail === null ? null : { kind: 'disk', path, detail }
}
