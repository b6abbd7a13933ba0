import type { Till } from '../shell/till-context.tsx'

/** A key while the screen is open; false where it does nothing. */
export function gunTestKey({ gunTest }: Pick<Till, 'gunTest'>, key: string): boolean {
  switch (key) {
    case 'ArrowUp':
      void gunTest.moveKeyGap(1)
      return true
    case 'ArrowDown':
      void gunTest.moveKeyGap(-1)
      return true
    case 'F5':
      void gunTest.look()
      return true
    default:
      return false
  }
}
