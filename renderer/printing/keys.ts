import type { Till } from '../shell/till-context.tsx'
import { questionOf } from './state.ts'

/** The answers to “did it print?”, at the counter and in the printing section. */
export const answerKeys = { yes: 'PageUp', no: 'PageDown' } as const
export const testPageKey = 'F5'
export const designKey = 'F2'
export const cancelKey = 'Delete'

/** A key that answers for the receipt in doubt; false where nothing is asked. */
export function printAnswerKey({ store, prints }: Pick<Till, 'store' | 'prints'>, key: string): boolean {
  const { screen, printing } = store.getState()
  if (screen !== 'counter' && screen !== 'printing') return false
  if (key !== answerKeys.yes && key !== answerKeys.no) return false
  if (questionOf(printing) === null) return false
  void prints.answer(key === answerKeys.yes)
  return true
}

/** A key while the printing section is open; false where it does nothing. */
export function printingKey({ store, prints }: Pick<Till, 'store' | 'prints'>, key: string): boolean {
  switch (key) {
    case 'ArrowUp':
      prints.move(-1)
      return true
    case 'ArrowDown':
      prints.move(1)
      return true
    case testPageKey:
      void prints.testPage()
      return true
    case cancelKey:
      void prints.cancel()
      return true
    case designKey:
      store.dispatch({ type: 'design-changed', open: true })
      return true
    default:
      return false
  }
}
