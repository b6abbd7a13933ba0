import { useEffect, useRef } from 'react'

/** Keys of a screen while it is open; what a dialog over it is told never comes here. */
export function useScreenKeys(keys: Readonly<Record<string, () => void>>): void {
  const latest = useRef(keys)
  latest.current = keys
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.repeat || event.ctrlKey || event.altKey || event.metaKey) return
      const isOnButton = event.target instanceof Element && event.target.closest('button, a, select, summary') !== null
      if (event.key === 'Enter' && isOnButton) return
      const act = latest.current[event.key]
      if (act === undefined) return
      event.preventDefault()
      act()
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [])
}
