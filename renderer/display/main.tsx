import { useEffect, useReducer, useState } from 'react'
import { createRoot } from 'react-dom/client'
import '../styles/base.css'
import '../styles/display.css'
import { DisplayScreen } from './display-screen.tsx'
import { counterGone, isCounterThere, listenToCounter, standAsDisplay } from './link.ts'
import { type DisplayMessage, type DisplayState, hear, shownAt, silentDisplay } from './shown.ts'

/** A reload of the counter's page, or a till that is opened again, is back long before this. */
const counterBackMs = 15_000
/** How often the display looks at its clock: a result that is over goes within this time. */
const lookMs = 500

const hearNow = (display: DisplayState, message: DisplayMessage): DisplayState =>
  hear(display, message, performance.now())

function CustomerDisplay() {
  const [display, dispatch] = useReducer(hearNow, silentDisplay)
  const [nowMs, setNowMs] = useState(() => performance.now())
  useEffect(() => {
    const endListening = listenToCounter((message) => {
      dispatch(message)
      setNowMs(performance.now())
    })
    const timer = window.setInterval(() => setNowMs(performance.now()), lookMs)
    return () => {
      endListening()
      window.clearInterval(timer)
    }
  }, [])
  return <DisplayScreen shown={shownAt(display, nowMs)} message={display.told} />
}

/** A display without its counter would keep the browser, and with it the till, from ending. */
async function closeAfterCounter(): Promise<void> {
  await counterGone()
  window.setTimeout(async () => {
    if (await isCounterThere()) void closeAfterCounter()
    else window.close()
  }, counterBackMs)
}

async function stand(): Promise<void> {
  // One display is enough: a second one would show the same, and an old one may stand behind other windows.
  if (!(await standAsDisplay())) return window.close()
  const place = document.getElementById('display')
  if (!place) throw new Error('the page has no place for the display')
  createRoot(place).render(<CustomerDisplay />)
  // A browser fills the screen only where somebody touches the page; it is the one thing that the page takes.
  document.addEventListener('click', () => {
    if (document.fullscreenElement === null) void document.documentElement.requestFullscreen()
  })
  void closeAfterCounter()
}

void stand()
