import { isPrintFinal, mostCopies, type PrintJob } from './job.ts'

/** What a wish for a document comes to, given every copy of it that there is. */
export type NextCopy =
  /** A job of its own; 1 is the original. */
  | { readonly kind: 'new'; readonly copy: number }
  /** The last copy was given up and none of it can be on paper: that very copy is printed. */
  | { readonly kind: 'again'; readonly job: PrintJob }
  /** A copy is in line or on its way: it is the one that was asked for. */
  | { readonly kind: 'under-way'; readonly job: PrintJob }
  /** Whether the last copy printed must be said first: if not, it is sent again, and no reprint is due. */
  | { readonly kind: 'unconfirmed'; readonly job: PrintJob }
  | { readonly kind: 'too-many-copies' }

/** Which copy is printed when somebody asks for a document (补打). `copies` are all jobs of one kind and subject. */
export function nextCopy(copies: readonly PrintJob[]): NextCopy {
  const last = copies.reduce<PrintJob | null>((found, job) => (found && found.copy > job.copy ? found : job), null)
  if (last === null) return { kind: 'new', copy: 1 }
  if (last.status === 'unconfirmed') return { kind: 'unconfirmed', job: last }
  if (!isPrintFinal(last.status)) return { kind: 'under-way', job: last }
  if (last.status === 'failed' && !last.mayHavePrinted) return { kind: 'again', job: last }
  return last.copy >= mostCopies ? { kind: 'too-many-copies' } : { kind: 'new', copy: last.copy + 1 }
}
