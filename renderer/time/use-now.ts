import { useEffect, useState } from 'react'

/** The page's monotonic clock, read anew every `everyMs` while `running`. */
export function useNow(everyMs: number, running = true): number {
  const [nowMs, setNowMs] = useState(() => performance.now())
  useEffect(() => {
    if (!running) return
    setNowMs(performance.now())
    const timer = window.setInterval(() => setNowMs(performance.now()), everyMs)
    return () => window.clearInterval(timer)
  }, [everyMs, running])
  return nowMs
}
