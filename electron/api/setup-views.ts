import type { AwayReason } from '../till/reachability.ts'
import type { Language } from './language.ts'
import type { ManagerProof, ManagerRefusal } from './staff-views.ts'

/** A field of a channel kind, as a form needs it. */
export type SetupField = {
  readonly name: string
  readonly kind: 'text' | 'choice' | 'secret' | 'secrets'
  readonly isRequired: boolean
  /** What it is where nothing is given; null for a secret, and where it has none. */
  readonly byDefault: string | null
  readonly choices: readonly string[]
  /** Whether a key file can be put here, as against a word that is typed or pasted. */
  readonly isKeyFile: boolean
}

/** A channel kind that this till has. */
export type SetupKind = { readonly kind: string; readonly api: string | null; readonly fields: readonly SetupField[] }

/** A channel as the configuration file has it now: texts as they are, of a secret only that it is there. */
export type SetupChannel = {
  readonly id: string
  readonly kind: string
  readonly api: string | null
  readonly texts: Readonly<Record<string, string>>
  readonly secrets: readonly string[]
}

/** How a printer is connected (docs/printers.md). */
export type PrinterKind = 'tcp' | 'serial' | 'device-file' | 'spooler'

/** A printer as a form wants it; `at` is its address, port, device file or queue, by its kind. */
export type WantedPrinter = {
  /** Empty: it is called by its address. */
  readonly name: string
  readonly kind: PrinterKind
  readonly at: string
  readonly profile: string
  /** Whether a cash drawer hangs at it. */
  readonly drawer: boolean
}

/** A printer as the configuration file has it now; `label` is its name, or else its address, and no other one's. */
export type SetupPrinter = WantedPrinter & { readonly label: string }

/** Something that is plugged in, or set up in the system. */
export type FoundPrinterView = {
  readonly name: string
  readonly kind: Exclude<PrinterKind, 'tcp'>
  readonly at: string
  /** A serial port may be anything. */
  readonly isSure: boolean
  /** False where the system's user has no right to it. */
  readonly isUsable: boolean
}

/** What the configuration file says now; what was changed counts from the next start on. */
export type SetupState = {
  readonly file: string
  readonly store: { readonly id: string; readonly name: string }
  readonly till: { readonly id: string }
  readonly language: Language
  readonly channels: readonly SetupChannel[]
  readonly kinds: readonly SetupKind[]
  readonly printers: readonly SetupPrinter[]
  /** The models' profiles that there are. */
  readonly printerProfiles: readonly string[]
}

/** A key file that was given, told by its content. */
export type SetupKeyFile = {
  readonly name: string
  readonly role:
    | 'own-private-key'
    | 'own-public-key'
    | 'own-certificate'
    | 'public-key'
    | 'certificate'
    | 'root-certificates'
    | 'other'
  /** The field of this kind that it goes into; null where it goes nowhere. */
  readonly field: string | null
  readonly subject: string | null
  /** Whether it is a certificate that has expired. */
  readonly isExpired: boolean
}

/** What the main side holds for the channel that is being set up; the keys themselves never come back to the window. */
export type SetupFiles = {
  readonly files: readonly SetupKeyFile[]
  /** Texts that the files tell, such as the serial number of the merchant's certificate. */
  readonly texts: Readonly<Record<string, string>>
}

/** What came of a change; unless it is `saved`, nothing was changed. */
export type SetupResult =
  | { readonly kind: 'saved'; readonly file: string }
  /** Fields of the form, each with what is wrong: a clause in English that follows the field's name. */
  | { readonly kind: 'fields'; readonly problems: readonly { readonly field: string; readonly problem: string }[] }
  /** The test call did not come back with a verified answer. */
  | { readonly kind: 'test-failed'; readonly reason: AwayReason; readonly said: string }
  | { readonly kind: 'test-unclear'; readonly said: string }
  /** The printer cannot be reached; `cause` is the name that a printer's condition has for it. */
  | { readonly kind: 'printer-failed'; readonly cause: string }
  /** No printer has this name any more. */
  | { readonly kind: 'no-such-printer' }
  /** The channel of this name has orders, and they are another account's: this one needs another name. */
  | { readonly kind: 'channel-has-orders'; readonly id: string }
  /** Whoever changes settings must be known: the first manager is made before. */
  | { readonly kind: 'no-manager-yet' }
  | { readonly kind: 'configuration-problem'; readonly problem: string }
  | { readonly kind: 'disk-error'; readonly detail: string }
  | ManagerRefusal

/** The calls of the set-up; part of `Calls`. */
export type SetupCalls = {
  'setup.state': { readonly request: null; readonly reply: SetupState | null }
  /** Takes a key file or an archive of them in; `isFirst` forgets what was given before. */
  'setup.take-file': {
    readonly request: {
      readonly kind: string
      readonly api: string | null
      readonly isFirst: boolean
      readonly file: { readonly name: string; readonly base64: string }
    }
    readonly reply: SetupFiles
  }
  /** Sets who and where the till is, from its next start on. */
  'setup.save-place': {
    readonly request: {
      readonly storeId: string
      readonly storeName: string
      readonly tillId: string
      readonly language: Language
      readonly manager: ManagerProof
    }
    readonly reply: SetupResult
  }
  /**
   * Adds a channel, or changes the one of this id, after a query of an order that cannot exist was answered with a verified
   * signature; `isUntested` is the manager's word to do without. Secrets that are left out stay as they are.
   */
  'setup.save-channel': {
    readonly request: {
      readonly id: string
      readonly kind: string
      readonly api: string | null
      readonly texts: Readonly<Record<string, string>>
      readonly secrets: Readonly<Record<string, string>>
      /** Whether the files that were given belong to it. */
      readonly withFiles: boolean
      readonly isUntested: boolean
      readonly manager: ManagerProof
    }
    readonly reply: SetupResult
  }
  /** What is plugged in; takes up to ten seconds where a system's spooler hangs. */
  'setup.found-printers': { readonly request: null; readonly reply: readonly FoundPrinterView[] }
  /** Adds a printer, or changes the one that bears `before`, after it was asked how it is. Nothing is printed. */
  'setup.save-printer': {
    readonly request: {
      readonly before: string | null
      readonly printer: WantedPrinter
      readonly isUntested: boolean
      readonly manager: ManagerProof
    }
    readonly reply: SetupResult
  }
  'setup.remove-printer': {
    readonly request: { readonly label: string; readonly manager: ManagerProof }
    readonly reply: SetupResult
  }
}
