import { createRoot } from 'react-dom/client'
import './styles/base.css'
import './styles/shell.css'
import './styles/counter.css'
import './styles/stage-right.css'
import './styles/actions.css'
import './styles/scenes.css'
import './styles/lines.css'
import './styles/strip.css'
import './styles/orders.css'
import './styles/practice.css'
import './styles/trouble.css'
import './styles/desk.css'
import './styles/evidence.css'
import './styles/refunds.css'
import './styles/books.css'
import './styles/rescue.css'
import './styles/scanners.css'
import './styles/channels.css'
import './styles/pos.css'
import './styles/printing.css'
import './styles/crew.css'
import './styles/setup.css'
import './styles/sound.css'
import './styles/reconciliation.css'
import './styles/screen-sizes.css'
import './styles/zoomed.css'
import type { Door } from './bridge.ts'
import { App } from './shell/app.tsx'
import type { AppStore } from './till/store.ts'

/** Shows the till behind `door` in the page. */
export function mount(door: Door, store: AppStore): void {
  const place = document.getElementById('till')
  if (!place) throw new Error('the page has no place for the till')
  createRoot(place).render(<App door={door} store={store} />)
}
