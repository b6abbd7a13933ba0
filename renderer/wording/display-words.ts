import type { CustomerView } from '../display/customer-view.ts'

/** Two lines for a customer: what is, and what to do; either may be empty. */
export type CustomerWords = { readonly headline: string; readonly next: string }

/** The words of the customer's display, and of the section that opens it. */
export type DisplayWords = {
  readonly states: Readonly<Record<CustomerView['kind'], CustomerWords>>
  readonly paidWith: (wallet: string) => string
  /** The counter does not speak to the display. */
  readonly alone: CustomerWords
  readonly change: (amount: string) => string
  readonly receipt: string
  readonly training: string
  readonly section: {
    readonly lead: string
    readonly states: { readonly open: string; readonly closed: string }
    readonly open: string
    readonly howTo: string
    readonly openings: { readonly 'at-start': string; readonly 'by-hand': string }
  }
}
