import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { useEffect, useMemo, useRef, useState } from 'react'
import { findBill } from '../books/bill-at-books.ts'
import { TransactionsScreen } from '../books/transactions-screen.tsx'
import type { Door } from '../bridge.ts'
import { ChannelsScreen } from '../channels/channels-screen.tsx'
import { CounterScreen } from '../counter/counter-screen.tsx'
import { DeskScreen } from '../desk/desk-screen.tsx'
import { DisplaySection } from '../display/display-section.tsx'
import { OrdersScreen } from '../orders/orders-screen.tsx'
import { Strip } from '../parked/strip.tsx'
import { PracticeScreen } from '../practice/practice-screen.tsx'
import { PrintingScreen } from '../printing/printing-screen.tsx'
import { ReconciliationScreen } from '../reconciliation/reconciliation-screen.tsx'
import { isBillScan } from '../rescue/bill-scan.ts'
import { RescueScreen } from '../rescue/rescue-screen.tsx'
import { usualKeyGapMs } from '../scan/capture.ts'
import { listenForGuns, takeGunScan } from '../scan/guns.ts'
import { listenForScans } from '../scan/listener.ts'
import { ScannersScreen } from '../scanners/scanners-screen.tsx'
import { SetupScreen } from '../setup/setup-screen.tsx'
import { ShiftsScreen } from '../shifts/shifts-screen.tsx'
import { sceneIn } from '../sound/cue.ts'
import { SoundScreen } from '../sound/sound-screen.tsx'
import { FirstManagerDialog } from '../staff/first-person-dialog.tsx'
import { LockedScreen } from '../staff/locked-screen.tsx'
import { StaffScreen } from '../staff/staff-screen.tsx'
import { isLocked } from '../staff/state.ts'
import { SystemSection } from '../system/system-section.tsx'
import type { AppStore } from '../till/store.ts'
import { orderAtCounter } from '../till/store.ts'
import { isFinal, type ScannerView } from '../till/types.ts'
import { TroubleScreen } from '../trouble/trouble-screen.tsx'
import { WordsProvider } from '../wording/words.tsx'
import { Header, TrainingBand } from './header.tsx'
import { listenForKeys } from './keys.ts'
import { ReadinessLine } from './readiness-line.tsx'
import { TillProvider, useApp } from './till-context.tsx'
import { wireTill } from './wire-till.ts'

/** How long an end must have stood, and no stray key have come, before a typed digit begins the next sale. */
const settledMs = 1_500

function Screens(props: {
  readonly scannerSeen: boolean
  readonly guns: readonly ScannerView[]
  readonly codeField: React.RefObject<HTMLInputElement | null>
  readonly strip: React.RefObject<HTMLUListElement | null>
}) {
  const screen = useApp((app) => app.screen)
  const language = useApp((app) => app.language)
  const trouble = useApp(({ till }) => till.trouble)
  const locked = useApp(({ crew }) => isLocked(crew))
  const makingFirst = useApp(({ crew }) => crew.makingFirst)
  if (trouble) return <TroubleScreen trouble={trouble} />
  if (locked) {
    return (
      <WordsProvider language={language}>
        <TrainingBand />
        <Header />
        <LockedScreen />
        <Strip list={props.strip} />
        <ReadinessLine scannerSeen={props.scannerSeen} guns={props.guns} />
      </WordsProvider>
    )
  }
  return (
    <WordsProvider language={language}>
      <TrainingBand />
      <Header />
      {screen === 'counter' && <CounterScreen codeField={props.codeField} />}
      {screen === 'desk' && <DeskScreen />}
      {screen === 'orders' && <OrdersScreen />}
      {screen === 'transactions' && <TransactionsScreen />}
      {screen === 'rescue' && <RescueScreen />}
      {screen === 'practice' && <PracticeScreen />}
      {screen === 'scanners' && <ScannersScreen guns={props.guns} />}
      {screen === 'channels' && <ChannelsScreen />}
      {screen === 'printing' && <PrintingScreen />}
      {screen === 'shifts' && <ShiftsScreen />}
      {screen === 'staff' && <StaffScreen />}
      {screen === 'display' && <DisplaySection />}
      {screen === 'system' && <SystemSection />}
      {screen === 'setup' && <SetupScreen />}
      {screen === 'sound' && <SoundScreen />}
      {makingFirst && <FirstManagerDialog />}
      {screen === 'reconciliation' && <ReconciliationScreen />}
      <Strip list={props.strip} />
      <ReadinessLine scannerSeen={props.scannerSeen} guns={props.guns} />
    </WordsProvider>
  )
}

/** Tells when a typed digit may begin the next sale: the end has been seen, and nobody was typing over it. */
function createPatience(store: AppStore): () => boolean {
  let quietSinceMs = 0
  store.subscribe((after, before) => {
    if (sceneIn(after) !== sceneIn(before)) quietSinceMs = performance.now()
  })
  return () => {
    const order = orderAtCounter(store.getState())
    const patient = performance.now() - quietSinceMs > settledMs
    if (!patient || order === null || !isFinal(order.status)) quietSinceMs = performance.now()
    return patient && order !== null && isFinal(order.status)
  }
}

/** The whole window. */
export function App(props: { readonly door: Door; readonly store: AppStore }) {
  const { door, store } = props
  const codeField = useRef<HTMLInputElement>(null)
  const strip = useRef<HTMLUListElement>(null)
  const [scannerSeen, setScannerSeen] = useState(false)
  const [guns, setGuns] = useState<readonly ScannerView[]>([])
  const queries = useMemo(
    () => new QueryClient({ defaultOptions: { queries: { retry: 1, networkMode: 'always' } } }),
    [],
  )
  const till = useMemo(
    () =>
      wireTill(door, store, {
        focusStrip: () => strip.current?.querySelector('button')?.focus(),
        submitCode: () => {
          const field = codeField.current
          const text = field?.value ?? ''
          if (field) field.value = ''
          // The field is empty before the code leaves; from here on the text is with the bridge alone.
          if (text !== '') void till.acts.scan(text)
        },
      }),
    [door, store],
  )

  useEffect(() => {
    const mayBegin = createPatience(store)
    const endScans = listenForScans(window, {
      keyGapMs: () => store.getState().till.snapshot?.gunKeyGap.ms ?? usualKeyGapMs,
      onRhythm: (rhythm) => {
        if (store.getState().screen === 'scanners') till.gunTest.keysCame(rhythm)
      },
      onScan: (scan) => {
        const { text, runId } = scan
        setScannerSeen(true)
        till.crew.touch()
        if (store.getState().till.trouble) return
        // At the screen for guns a scan is a test, whatever it is.
        if (store.getState().screen === 'scanners') return void till.gunTest.tryTyped(scan)
        store.dispatch({ type: 'counter', event: { type: 'taken-back', runId } })
        if (isLocked(store.getState().crew)) return void till.acts.scan(text)
        // At this screen nothing is ever charged: the customer is asked for a bill, and may show the payment code.
        if (store.getState().screen === 'rescue') return void till.rescue.find(text)
        if (isBillScan(text)) return void findBill(till, text)
        if (store.getState().screen !== 'counter') store.dispatch({ type: 'screen-changed', screen: 'counter' })
        if (codeField.current) codeField.current.value = ''
        void till.acts.scan(text)
      },
      onTyped: (character, runId) => {
        const { screen, counter, till: known } = store.getState()
        if (known.trouble) return
        if (screen !== 'counter' || counter.askingRevoke || isLocked(store.getState().crew)) return
        if (counter.step.kind === 'scan' && /\d/.test(character)) {
          store.dispatch({ type: 'counter', event: { type: 'by-hand', open: true } })
          if (codeField.current) codeField.current.value += character
          return
        }
        const orderEnded = counter.step.kind !== 'amount' && /[\d.]/.test(character) && mayBegin()
        store.dispatch({ type: 'counter', event: { type: 'typed', character, runId, orderEnded } })
      },
    })
    const endKeys = listenForKeys(window, till)
    const endGuns = listenForGuns(door, store, setGuns)
    const endGunScans = door.on('scan.arrived', (arrived) => {
      if (codeField.current) codeField.current.value = ''
      takeGunScan(arrived, store, till)
    })
    // A button pressed by mouse or finger keeps no focus, so that a later Enter does not press it again.
    const keepFocus = (event: MouseEvent): void => {
      if (event.target instanceof Element && event.target.closest('button')) event.preventDefault()
    }
    window.addEventListener('mousedown', keepFocus)
    return () => {
      endScans()
      endKeys()
      endGuns()
      endGunScans()
      window.removeEventListener('mousedown', keepFocus)
    }
  }, [door, store, till])

  return (
    <QueryClientProvider client={queries}>
      <TillProvider till={till}>
        <Screens scannerSeen={scannerSeen} guns={guns} codeField={codeField} strip={strip} />
      </TillProvider>
    </QueryClientProvider>
  )
}
