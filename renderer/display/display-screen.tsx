import type { ReactNode } from 'react'
import type { Language } from '../../electron/api/contract.ts'
import { yuanText } from '../money/yuan.ts'
import { svgAddress } from '../printing/svg-picture.ts'
import { Icon, type IconName } from '../shell/icons.tsx'
import { WalletMark } from '../shell/wallet-mark.tsx'
import { assertNever } from '../till/types.ts'
import type { Catalogue } from '../wording/catalogue.ts'
import { catalogues } from '../wording/catalogues.ts'
import type { CustomerWords } from '../wording/display-words.ts'
import type { CustomerView } from './customer-view.ts'
import type { DisplayMessage, Shown } from './shown.ts'

const icons: Readonly<Record<CustomerView['kind'], IconName | null>> = {
  resting: null,
  due: 'scan',
  sending: 'sending',
  'awaiting-payer': 'phone',
  'ask-staff': 'person',
  paid: 'check',
  'not-paid': 'cross',
  'revoked-closed': 'closed',
  'revoked-refunded': 'returned',
  'cash-due': 'keypad',
  'cash-paid': 'check',
  'cash-returned': 'returned',
}

/** `¥50,000.00`, the usual limit, is the longest amount that has room in full size beside a wallet's mark. */
const wideAmount = 10

/** The languages that a display speaks, the large one first. */
const languagesOf = (language: DisplayMessage['language']): readonly Language[] =>
  language === 'both' ? ['zh-CN', 'en'] : [language]

function wordsOf({ view, isAlone }: Shown, { display, wallets }: Catalogue): CustomerWords {
  if (isAlone) return display.alone
  const said = display.states[view.kind]
  return view.kind === 'paid' ? { ...said, next: display.paidWith(wallets[view.wallet]) } : said
}

/** A sentence in every language of the display. */
function Said(props: {
  readonly languages: readonly Language[]
  readonly className: string
  readonly say: (words: Catalogue) => string
}) {
  return props.languages.map((language, at) => {
    const text = props.say(catalogues[language])
    if (text === '') return null
    return (
      <p key={language} lang={language} className={props.className} data-first={at === 0}>
        {text}
      </p>
    )
  })
}

/** What moves while a customer waits; stands still where the machine asks for little motion. */
const Calm = (): ReactNode => (
  <span className="customer-wait" aria-hidden="true">
    <span />
    <span />
    <span />
  </span>
)

function Below(props: { readonly view: CustomerView; readonly languages: readonly Language[] }) {
  const { view, languages } = props
  switch (view.kind) {
    case 'sending':
    case 'awaiting-payer':
      return <Calm />
    case 'cash-paid': {
      const { changeFen } = view
      if (changeFen === 0) return null
      const change = yuanText(changeFen)
      return <Said languages={languages} className="customer-change" say={({ display }) => display.change(change)} />
    }
    case 'paid':
      if (view.receiptQr === null) return null
      return (
        <div className="customer-receipt">
          <img src={svgAddress(view.receiptQr)} alt="" draggable={false} />
          <div>
            <Said languages={languages} className="customer-next" say={({ display }) => display.receipt} />
          </div>
        </div>
      )
    case 'resting':
    case 'due':
    case 'ask-staff':
    case 'not-paid':
    case 'revoked-closed':
    case 'revoked-refunded':
    case 'cash-due':
    case 'cash-returned':
      return null
    default:
      return assertNever(view, 'customer view')
  }
}

/** The whole of the customer's display: one state, told by colour, words and a sign. */
export function DisplayScreen(props: { readonly shown: Shown; readonly message: DisplayMessage | null }) {
  const { shown, message } = props
  const { view } = shown
  const languages = languagesOf(message?.language ?? 'both')
  const icon = icons[view.kind]
  return (
    <main className="customer" data-view={view.kind} data-alone={shown.isAlone}>
      <header className="customer-head">
        <span>{view.kind === 'resting' ? '' : (message?.storeName ?? '')}</span>
        {message?.isTraining && (
          <span className="customer-training">
            {languages.map((language) => catalogues[language].display.training).join(' / ')}
          </span>
        )}
      </header>
      <section className="customer-stage">
        <div className="customer-band" role="status">
          {icon && <Icon name={icon} className="customer-sign" />}
          <div>
            <Said languages={languages} className="customer-headline" say={(words) => wordsOf(shown, words).headline} />
          </div>
        </div>
        {'amountFen' in view && (
          <p
            className="customer-amount figures"
            data-testid="customer-amount"
            data-long={yuanText(view.amountFen).length > wideAmount}
          >
            {view.kind === 'paid' && <WalletMark wallet={view.wallet} />}
            {yuanText(view.amountFen)}
          </p>
        )}
        {view.kind === 'resting' && <p className="customer-store">{message?.storeName ?? ''}</p>}
        <div>
          <Said languages={languages} className="customer-next" say={(words) => wordsOf(shown, words).next} />
        </div>
        <Below view={view} languages={languages} />
      </section>
    </main>
  )
}
