import type { PrinterKind, SetupKeyFile, SetupResult } from '../../electron/api/contract.ts'

/** Channel kinds and versions in words; the key is the kind, with `-` and the version where there are several. */
type SetupKindName = 'wechat-v2' | 'wechat-v3' | 'alipay' | 'unionpay' | 'qra' | 'icbc' | 'backend' | 'jeepay'

/** The words of the set-up. */
export type SetupWords = {
  /** Beside the word of training mode. */
  readonly hint: string
  readonly lead: string
  readonly place: string
  readonly manager: string
  readonly managerIs: (count: number) => string
  readonly noManager: string
  readonly channels: string
  readonly noChannel: string
  readonly add: string
  readonly change: (channel: string) => string
  readonly guns: string
  readonly printers: string
  readonly lost: string
  readonly saved: string
  readonly fileBroken: string
  readonly storeId: string
  readonly storeName: string
  readonly tillId: string
  readonly language: string
  readonly languages: { readonly 'zh-CN': string; readonly en: string }
  readonly kind: string
  readonly kinds: Readonly<Record<SetupKindName, string>>
  readonly id: string
  readonly fields: Readonly<Record<string, string>>
  readonly optional: string
  readonly more: string
  readonly stays: string
  readonly files: string
  readonly dropHere: string
  readonly tooLarge: (file: string) => string
  readonly roles: Readonly<Record<SetupKeyFile['role'], string>>
  readonly goesTo: (field: string) => string
  readonly goesNowhere: string
  readonly expired: string
  readonly stillMissing: (fields: string) => string
  readonly save: string
  readonly savePlace: string
  readonly testing: string
  readonly untested: string
  readonly results: Readonly<
    Record<
      Extract<
        SetupResult['kind'],
        'test-unclear' | 'no-such-printer' | 'no-manager-yet' | 'configuration-problem' | 'disk-error'
      >,
      string
    >
  >
  readonly testFailed: (reason: string) => string
  readonly channelHasOrders: (id: string) => string
  readonly noPrinter: string
  readonly addPrinter: string
  readonly removePrinter: string
  readonly savePrinter: string
  readonly tryingPrinter: string
  readonly testPage: string
  readonly foundPrinters: string
  readonly looking: string
  readonly notInList: string
  /** The system's user may not use it. */
  readonly noRight: string
  readonly printerKind: string
  readonly printerKinds: Readonly<Record<PrinterKind, string>>
  readonly printerAt: Readonly<Record<PrinterKind, string>>
  readonly printerProfile: string
  readonly printerName: string
  readonly printerDrawer: string
  readonly printerFailed: string
  readonly notSaved: string
}
