import type { PrinterView, PrintJobView, TemplatesView, TemplateView } from '../../electron/api/contract.ts'
import type { PrintNotice } from '../printing/state.ts'

type Condition = NonNullable<PrinterView['condition']>['kind']

/** Words about printers, papers on their way, and how papers look. */
export type PrintingWords = {
  /** One till's printer in the readiness line. */
  readonly printer: string
  readonly noPrinter: string
  readonly off: string
  readonly notAsked: string
  /** How a printer is, and what to do about it; `next` is empty where nothing is to be done. */
  readonly conditions: Readonly<Record<Condition, { readonly state: string; readonly next: string }>>
  readonly paperLow: { readonly state: string; readonly next: string }
  /** What to do about a condition's cause, where it says more than the condition. */
  readonly causes: Readonly<Record<string, string>>
  readonly kinds: Readonly<Record<TemplateView['kind'], string>>
  readonly copy: (number: number) => string
  readonly statuses: Readonly<Record<PrintJobView['status'], string>>
  readonly failures: Readonly<Record<NonNullable<PrintJobView['failure']>, string>>
  readonly proofs: Readonly<Record<NonNullable<PrintJobView['proof']>, string>>
  readonly inLine: (count: number) => string
  readonly inDoubt: (count: number) => string
  readonly fallback: (printer: string) => string
  readonly didItPrint: (paper: string) => string
  readonly yes: string
  readonly no: string
  readonly more: (count: number) => string
  readonly stops: (state: string) => string
  readonly waiting: (count: number) => string
  readonly queue: string
  readonly noPrinters: string
  readonly nothingWaits: string
  readonly look: string
  readonly testPage: string
  readonly cancel: string
  readonly notices: Readonly<Record<PrintNotice | 'working' | 'not-a-picture', string>>
  readonly papers: string
  readonly neverPrinted: string
  readonly printIt: string
  readonly printAgain: string
  readonly save: string
  readonly sheet: string
  readonly saved: (path: string) => string
  readonly diskError: (path: string) => string
  readonly preview: string
  readonly design: string
  readonly document: string
  readonly paper: string
  readonly template: string
  readonly saveTemplate: string
  readonly resetTemplate: string
  readonly chooseLogo: string
  readonly removeLogo: string
  readonly isOwn: string
  readonly isBuiltIn: string
  readonly notSavedYet: string
  readonly lastGood: string
  readonly templateProblem: (line: number, reason: string) => string
  readonly templateProblems: Readonly<Record<TemplateView['problems'][number]['kind'], (name: string) => string>>
  readonly designSaid: Readonly<
    Record<
      | 'saved'
      | 'refused'
      | 'disk-error'
      | 'lost'
      | 'reset'
      | 'logo-saved'
      | 'logo-reduced'
      | 'logo-gone'
      | 'logo-refused',
      string
    >
  >
  readonly logoProblems: Readonly<Record<Exclude<TemplatesView['logo'], 'none' | 'in-use'>, string>>
}
