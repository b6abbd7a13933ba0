import type { DocumentKind } from '../../till/receipt/document.ts'

/** Widths of paper in millimetres. */
export const paperWidths = [58, 80] as const
export type PaperWidth = (typeof paperWidths)[number]

/** A label and its value in two columns; what is too long for that on narrow paper takes a row of its own. */
type Layout = {
  readonly labelCells: number
  readonly number: (label: string, field: string) => string
}

const layouts: Readonly<Record<PaperWidth, Layout>> = {
  58: {
    labelCells: 9,
    number: (label, field) => `{width:auto}\n{{?${field}}}|{{word.${label}}}\n{{${field}}}|\n{width:9,*}`,
  },
  80: { labelCells: 13, number: (label, field) => `{{word.${label}}} | {{${field}}}` },
}

const columns = ({ labelCells }: Layout): string => `{width:${labelCells},*}`

const head = `{{logo}}
^^^{{storeName}}
"{{title}}"
-`

/** A code needs white paper around it to be read. */
const orderCode = `
{{code orderNumber}}
`

const foot = `{width:*,19}
{{tillName}} | {{printed}}`

/** The facts that papers about a payment share. */
const payment = (layout: Layout): string => `${columns(layout)}
{{word.time}} | {{time}}
{{word.wallet}} | {{wallet}}
{{word.staff}} | {{staff}}
${layout.number('orderNumber', 'orderNumber')}
${layout.number('transactionId', 'transactionId')}`

const sale = (layout: Layout): string => `${head}
{{#goods}}
|{{goods.name}}
{{goods.quantity}} | {{goods.amount}}
{{/goods}}
{{?goods}}-
^^^"{{amount}}"
^^^{{outcome}}
-
${payment(layout)}
{width:auto}
-
${orderCode}
{{word.keepForRefund}}
{{?signedText}}-
{{?signedText}}
{{qr signedText}}
{{?signedText}}
{{?signedText}}{{word.scanForProof}}
{{word.thanks}}
${foot}`

const refund = (layout: Layout): string => `${head}
^^^"{{amount}}"
^^^{{outcome}}
-
${columns(layout)}
{{word.paidAmount}} | {{paidAmount}}
{{word.reason}} | {{reason}}
{{word.manager}} | {{manager}}
${payment(layout)}
${layout.number('refundNumber', 'refundNumber')}
{width:auto}
-
${orderCode}
${foot}`

const revocation = (layout: Layout): string => `${head}
^^^"{{outcome}}"
{{explanation}}
-
${columns(layout)}
"{{word.amount}}" | "{{amount}}"
${payment(layout)}
{width:auto}
-
${orderCode}
${foot}`

const caseSlip = (layout: Layout): string => `${head}
\`^^{{doNotPay}}^^\`
-
${columns(layout)}
"{{word.amount}}" | "{{amount}}"
${payment(layout)}
{width:auto}
-
|"{{word.known}}"
|{{known}}
|"{{word.next}}"
|{{next}}
|{{until}}
${columns(layout)}
{{word.owner}} | {{owner}}
{width:auto}
-
|{{keep}}
${orderCode}
${foot}`

const shiftReport = (layout: Layout): string => `${head}
^^^{{supplement}}
${columns(layout)}
{{word.shift}} | {{shiftNumber}}
{{word.opened}} | {{opened}}
{{?openedBy}}~ | {{openedBy}}
{{word.closed}} | {{closed}}
{{?closedBy}}~ | {{closedBy}}
-
{width:9,8,*}
{{#tenders}}
{width:auto}
|"{{tenders.name}}"
{width:9,8,*}
{{word.sales}} | {{tenders.salesCount}} | {{tenders.sales}}
{{word.refunds}} | {{tenders.refundsCount}} | {{tenders.refunds}}
{{word.net}} | ~ | {{tenders.net}}
{{/tenders}}
{{?tenders}}-
{width:auto}
|"{{word.total}}"
{width:9,8,*}
{{word.sales}} | {{salesCount}} | {{salesTotal}}
{{word.refunds}} | {{refundsCount}} | {{refundsTotal}}
"{{word.net}}" | ~ | "{{netTotal}}"
{{?cashFloat}}-
{width:11,*}
{{word.cashFloat}} | {{cashFloat}}
{{word.cashExpected}} | {{cashExpected}}
{{word.cashCounted}} | {{cashCounted}}
"{{word.cashDifference}}" | "{{cashDifference}}"
{{?inFlight}}-
{width:*,8}
"{{word.inFlight}}" | {{inFlightCount}}
{width:auto}
{{#inFlight}}
|{{inFlight.orderNumber}}
{{inFlight.amount}}|
{{/inFlight}}
-
|{{word.signature}}

${foot}`

const testPage = (layout: Layout): string => `${head}
{width:11,*}
{{word.profile}} | {{profile}}
{{word.columns}} | {{columns}}
{{word.encoding}} | {{encoding}}
{width:auto}
|{{ruler}}
${columns(layout)}
{{#samples}}
{{samples.name}} | {{samples.text}}
{{/samples}}
{width:auto}
"ABC 粗体" ^ABC 宽^ ^^ABC 高^^
^^^ABC 大^^^ \`ABC 反白\` _ABC 线_
-

{{code code}}
{{code}}

{{qr code}}

${foot}`

const practiceCodes = (): string => `${head}
{{note}}
{{#codes}}
-
"{{codes.name}}"

{{qr codes.digits}}

{{codes.digits}}
{{/codes}}
-
${foot}`

const byKind: Readonly<Record<DocumentKind, (layout: Layout) => string>> = {
  sale,
  refund,
  revocation,
  'case-slip': caseSlip,
  'shift-report': shiftReport,
  'test-page': testPage,
  'practice-codes': practiceCodes,
}

/** The template of a kind of paper where the shop has none of its own; also what an own one is best begun with. */
export const defaultTemplate = (kind: DocumentKind, paper: PaperWidth): string => `${byKind[kind](layouts[paper])}\n`
