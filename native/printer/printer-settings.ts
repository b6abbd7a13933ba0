import type { PrinterAddress } from './printer-address.ts'
import { epsonProfile, genericProfile, type PrinterProfile } from './printer-profile.ts'

/** One printer of the till, as its configuration gives it. */
export type PrinterSettings = {
  /** What jobs, fall-backs and people call it; no two printers share one. */
  readonly name: string
  readonly address: PrinterAddress
  /** The name of the rendering profile, such as `generic-80`. */
  readonly profile: string
  /** What the transport must know of it. */
  readonly transport: PrinterProfile
  /** The roll's width; null takes the rendering profile's. */
  readonly paperMm: 58 | 80 | null
  /** Null takes the rendering profile's. */
  readonly encoding: 'gb18030' | 'gbk' | null
  /** The printer that takes over what this one provably did not get; null where none does. */
  readonly fallback: string | null
  /**
   * The owner's word that a printer which never says anything has printed what it took whole (hardware.md §8: “for models
   * without status treat as done”).
   */
  readonly silenceMeansPrinted: boolean
}

/** What the transport knows of a rendering profile's model: Epson's answer for sure, of all others nothing is known. */
export const transportProfileOf = (profileName: string): PrinterProfile =>
  profileName.startsWith('epson-') ? epsonProfile : genericProfile
