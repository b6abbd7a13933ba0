import type { Till } from '../shell/till-context.tsx'

/** A key while the screen is open; false where it does nothing. */
export function channelsKey({ channels }: Pick<Till, 'channels'>, key: string): boolean {
  switch (key) {
    case 'ArrowUp':
      channels.move(-1)
      return true
    case 'ArrowDown':
      channels.move(1)
      return true
    case 'F5':
      void channels.test()
      return true
    default:
      return false
  }
}
