/** How text reaches the printer's font: GBK knows characters of two bytes only. */
export type ReceiptEncoding = 'gb18030' | 'gbk'

/** What the drawing of a receipt must know of a printer; how the bytes travel is another matter (native/printer). */
export type ReceiptProfile = {
  readonly name: ReceiptProfileName
  readonly paper: 58 | 80
  /** Cells of a row in the 12×24 font. */
  readonly columns: 32 | 42 | 48
  /** Dots of a row. */
  readonly dots: 384 | 512 | 576
  readonly encoding: ReceiptEncoding
  readonly hasCutter: boolean
  /** Whether the printer draws QR codes itself (GS ( k); if not, the code is sent as a picture. */
  readonly hasQr: boolean
  /** Whether Chinese characters grow by GS ! alone, or need FS ! as on old units. */
  readonly chineseSize: 'with-text' | 'of-its-own'
  /** Where these facts come from. */
  readonly source: string
}

type Facts = Omit<ReceiptProfile, 'name'>

const generic = 'ESC/POS as Chinese printers commonly have it; hardware.md §6'
const epson = 'Epson ESC/POS command reference and the model’s technical reference guide'

const narrow = {
  paper: 58,
  columns: 32,
  dots: 384,
  encoding: 'gb18030',
  hasCutter: false,
  hasQr: true,
  chineseSize: 'of-its-own',
  source: `${generic}: 384 dots, and 58 mm printers often have no cutter`,
} as const satisfies Facts

const wide = {
  paper: 80,
  columns: 48,
  dots: 576,
  encoding: 'gb18030',
  hasCutter: true,
  hasQr: true,
  chineseSize: 'of-its-own',
  source: `${generic}: 576 dots`,
} as const satisfies Facts

const profiles = {
  'generic-58': narrow,
  'generic-58-gbk': {
    ...narrow,
    encoding: 'gbk',
    hasQr: false,
    source: `${generic}: cheap clones lack GS ( k and fonts of four-byte characters`,
  },
  'generic-80': wide,
  'generic-80-gbk': { ...wide, encoding: 'gbk', source: `${generic}: fonts of GBK only` },
  'generic-80-no-cutter': {
    ...wide,
    hasCutter: false,
    source: `${generic}: kitchen and mobile models with a tear bar`,
  },
  'generic-80-no-qr': { ...wide, hasQr: false, source: `${generic}: cheap clones lack GS ( k` },
  'generic-80-42': {
    ...wide,
    columns: 42,
    dots: 512,
    source: `${generic}: 80 mm models of 512 dots hold 42 columns`,
  },
  'epson-tm-t20': { ...wide, chineseSize: 'with-text', source: `${epson}, TM-T20 series, Chinese model: 576 dots` },
  'epson-tm-t20-42': {
    ...wide,
    columns: 42,
    dots: 512,
    chineseSize: 'with-text',
    source: `${epson}, TM-T20 series, set to 42 columns (512 dots)`,
  },
  'epson-tm-t88': {
    ...wide,
    columns: 42,
    dots: 512,
    chineseSize: 'with-text',
    source: `${epson}, TM-T88 series, Chinese model: 512 dots, 42 columns`,
  },
} as const satisfies Readonly<Record<string, Facts>>

export type ReceiptProfileName = keyof typeof profiles

// Object.keys forgets the names of a closed object.
export const receiptProfileNames = Object.keys(profiles) as readonly ReceiptProfileName[]

/** Every profile by its name. */
// fromEntries forgets that it was given every name.
export const receiptProfiles = Object.fromEntries(
  receiptProfileNames.map((name) => [name, { name, ...profiles[name] }]),
) as Readonly<Record<ReceiptProfileName, ReceiptProfile>>

/** The profile of this name, as `printers[].profile` of the configuration has it; undefined where there is none. */
export const receiptProfile = (name: string): ReceiptProfile | undefined =>
  receiptProfileNames.map((known) => receiptProfiles[known]).find((profile) => profile.name === name)
