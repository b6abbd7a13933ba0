import type { SetupResult } from '../../electron/api/contract.ts'
import { refusalText } from '../staff/refusal-text.ts'
import type { Catalogue } from '../wording/catalogue.ts'

/** A field of a form in words; the configuration's own name where there is no word for it. */
export const fieldText = ({ setup }: Catalogue, field: string): string => setup.fields[field] ?? field

/** Why a change was not saved, in words: what it was, the next step where there is one, and that nothing was saved. */
export function resultText(
  words: Catalogue,
  result: Exclude<SetupResult, { readonly kind: 'saved' }>,
  nowWallMs: number,
): string {
  const { setup, channels } = words
  switch (result.kind) {
    case 'fields': {
      const told = result.problems.map(({ field, problem }) => `${fieldText(words, field)}: ${problem}`)
      return `${told.join('; ')}. ${setup.notSaved}`
    }
    case 'test-failed': {
      const failed = setup.testFailed(words.lines.reasons[result.reason])
      return `${failed} (${channels.test.said(result.said)}). ${channels.test.steps[result.reason]} ${setup.notSaved}`
    }
    case 'test-unclear':
      return `${setup.results[result.kind]} (${channels.test.said(result.said)}). ${setup.notSaved}`
    case 'channel-has-orders':
      return `${setup.channelHasOrders(result.id)} ${setup.notSaved}`
    case 'printer-failed': {
      const { causes, conditions } = words.printing
      return `${setup.printerFailed} ${causes[result.cause] ?? conditions.offline.next} ${setup.notSaved}`
    }
    case 'no-such-printer':
    case 'no-manager-yet':
      return `${setup.results[result.kind]}. ${setup.notSaved}`
    case 'configuration-problem':
      return `${setup.results[result.kind]}: ${result.problem}. ${setup.notSaved}`
    case 'disk-error':
      return `${setup.results[result.kind]} (${result.detail}). ${setup.notSaved}`
    default:
      return `${refusalText(words, result, nowWallMs)} ${setup.notSaved}`
  }
}
