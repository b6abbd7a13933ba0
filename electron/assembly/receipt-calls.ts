import type { Calls, ReceiptShown, TemplateProblemView, TemplateView } from '../api/contract.ts'
import { writeReceiptFiles } from '../receipts/receipt-files.ts'
import { type ReceiptProfile, receiptProfiles } from '../receipts/receipt-profiles.ts'
import type { ReceiptRenderer } from '../receipts/receipt-renderer.ts'
import { paperWidths } from '../receipts/templates/default-templates.ts'
import type { TemplateProblem } from '../receipts/templates/template-problem.ts'
import { type DocumentKind, documentKinds, type ReceiptDocument } from '../till/receipt/document.ts'
import type { AssembledTill } from './assemble.ts'
import { documentWanted } from './print-calls.ts'
import { factsFor } from './print-documents.ts'
import { systemClock } from './system-time.ts'

type ReceiptCall = Extract<keyof Calls, `receipt.${string}`>
type ReceiptHandlers = {
  readonly [Name in ReceiptCall]: (request: Calls[Name]['request']) => Promise<Calls[Name]['reply']>
}

type Receipts = Pick<AssembledTill, 'receipts' | 'reader' | 'settings' | 'dataDirectory' | 'printing'>
type Wish = { readonly orderNumber: string; readonly refundNumber: string | null }

const pngSignature = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1')

/** The contract's calls about papers that are looked at, saved or designed. */
export function receiptCalls(till: Receipts): ReceiptHandlers {
  const { receipts, dataDirectory, settings } = till
  const { shownProfile } = receipts
  /** The paper of a template's width, as the till's own printer has it where it takes that width. */
  const profileOn = (paper: 58 | 80): ReceiptProfile =>
    shownProfile.paper === paper ? shownProfile : receiptProfiles[`generic-${paper}`]

  return {
    'receipt.show': async (wish) => {
      const found = await documentOf(till, wish)
      if ('outcome' in found) return found.outcome
      return { kind: 'shown', svg: (await receipts.renderer()).screenSvg(found.document, shownProfile) }
    },
    'receipt.save': async ({ png, ...wish }) => {
      const picture = Buffer.from(png, 'base64')
      if (!picture.subarray(0, pngSignature.length).equals(pngSignature)) return { kind: 'not-a-picture' }
      const found = await documentOf(till, wish)
      if ('outcome' in found) return found.outcome
      const renderer = await receipts.renderer()
      const text = renderer.text(found.document, shownProfile)
      const svg = renderer.screenSvg(found.document, shownProfile)
      const files = { text, svg, png: picture }
      const { wallMs } = systemClock.now()
      const written = await writeReceiptFiles(dataDirectory, wish.refundNumber ?? wish.orderNumber, files, wallMs)
      if (written.kind === 'disk') return { kind: 'disk-error', path: written.path }
      const { pngPath, picturePath } = written
      return { kind: 'saved', pngPath: pngPath ?? picturePath, svgPath: picturePath }
    },
    'receipt.templates': async () => {
      const renderer = await receipts.renderer()
      return {
        templates: documentKinds.flatMap((kind) => paperWidths.map((paper) => templateView(renderer, kind, paper))),
        paper: shownProfile.paper,
        logo: renderer.logoProblem?.kind ?? (renderer.hasLogo ? 'in-use' : 'none'),
      }
    },
    'receipt.template-preview': async ({ kind, paper, text }) => {
      const preview = (await receipts.renderer()).preview(kind, text, profileOn(paper), settings.language)
      return preview.kind === 'shown' ? preview : { kind: 'refused', problems: preview.problems.map(problemView) }
    },
    'receipt.template-save': async ({ kind, paper, text }) => {
      const renderer = await receipts.renderer()
      const saving = await renderer.templates.save(kind, paper, text)
      switch (saving.kind) {
        case 'saved':
          return { kind: 'saved', template: templateView(renderer, kind, paper) }
        case 'refused':
          return { kind: 'refused', problems: saving.problems.map(problemView) }
        case 'disk-error':
          return saving
      }
    },
    'receipt.template-reset': async ({ kind, paper }) => {
      const renderer = await receipts.renderer()
      const isReset = await renderer.templates.reset(kind, paper)
      return isReset
        ? { kind: 'saved', template: templateView(renderer, kind, paper) }
        : { kind: 'disk-error', path: dataDirectory }
    },
    'receipt.logo': async ({ png }) => {
      const saving = await receipts.saveLogo(png === null ? null : Buffer.from(png, 'base64'))
      return saving.kind === 'refused' ? { kind: 'refused', problem: saving.problem.kind } : saving
    },
  }
}

async function documentOf(
  till: Receipts,
  wish: Wish,
): Promise<
  { readonly document: ReceiptDocument } | { readonly outcome: Exclude<ReceiptShown, { readonly kind: 'shown' }> }
> {
  const wanted = await documentWanted(till, wish)
  if ('outcome' in wanted) {
    const { outcome } = wanted
    return {
      outcome: outcome.kind === 'ledger-trouble' ? { kind: outcome.kind, problem: outcome.problem.kind } : outcome,
    }
  }
  const facts = await factsFor(till.reader, wanted.document, systemClock)
  // What was there a moment ago is there still, unless the order has moved on or the ledger cannot be read now.
  if (facts === 'not-now') throw new Error('the ledger cannot be read')
  if (typeof facts === 'string') return { outcome: { kind: 'nothing-to-print' } }
  return { document: await till.receipts.shown(facts, systemClock.now().wallMs) }
}

function templateView({ templates }: ReceiptRenderer, kind: DocumentKind, paper: 58 | 80): TemplateView {
  const trouble = templates.troubles().find(({ file }) => file === templates.fileOf(kind, paper))
  return {
    kind,
    paper,
    text: templates.textOf(kind, paper),
    isOwn: templates.isOwn(kind, paper),
    problems: trouble?.problems.map(problemView) ?? [],
  }
}

function problemView(problem: TemplateProblem): TemplateProblemView {
  const { line, kind } = problem
  const name =
    'slot' in problem ? problem.slot : 'list' in problem ? problem.list : 'property' in problem ? problem.property : ''
  return { line, kind, name }
}
