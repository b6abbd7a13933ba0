import type { OrderView } from '../../electron/api/contract.ts'
import type { Scene } from '../counter/scene.ts'
import type { CounterState, Split } from '../counter/state.ts'
import { enteredText } from '../money/amount-entry.ts'
import { yuanText } from '../money/yuan.ts'
import type { Catalogue } from '../wording/catalogue.ts'
import { useWords } from '../wording/words.tsx'
import { givenFen, typedCash } from './acts.ts'

type Line = { readonly text: string; readonly isAlert?: boolean; readonly isBig?: boolean }

function typedLines(words: Catalogue, step: Extract<CounterState['step'], { kind: 'cash' }>): readonly Line[] {
  const { cash } = words
  const fen = givenFen(step) ?? step.dueFen
  const { given } = typedCash(step)
  const said =
    given === 'part' || (given === 'nothing-fits' && step.givenText !== '')
      ? cash.short(yuanText(fen), yuanText(step.dueFen - fen))
      : cash.change(yuanText(fen - step.dueFen))
  const problem = step.problem === 'lost' ? cash.lost : step.problem === null ? null : cash.problems[step.problem]
  return [
    { text: `${cash.given} ${enteredText(step.givenText)}`, isBig: true },
    { text: step.givenText === '' ? cash.exact : said },
    ...(problem === null ? [] : [{ text: problem, isAlert: true }]),
  ]
}

/** What the counter says where cash is a part of the sale; null where it is none. */
export function cashLines(
  words: Catalogue,
  scene: Scene,
  { step }: CounterState,
  order: OrderView | null,
): readonly Line[] | null {
  const { cash } = words
  switch (step.kind) {
    case 'cash':
      return typedLines(words, step)
    case 'cash-paid': {
      const { sale, changeFen, drawer } = step
      const { codePaidFen, cashFen, saleAmountFen } = sale
      return [
        { text: changeFen > 0 ? cash.giveChange(yuanText(changeFen)) : cash.noChange, isBig: true },
        ...(codePaidFen > 0
          ? [{ text: cash.complete(yuanText(codePaidFen), yuanText(cashFen), yuanText(saleAmountFen)) }]
          : []),
        { text: cash.drawer[drawer] },
      ]
    }
    case 'cash-returned':
      return [{ text: cash.returned(yuanText(step.amountFen)), isBig: true }, { text: cash.drawer[step.drawer] }]
    case 'order': {
      const { split } = step
      if (split === undefined || order === null) return null
      const [codeFen, cashFen] = [yuanText(order.amountFen), yuanText(split.cashFen)]
      if (scene === 'cash-due') return [{ text: cash.due(codeFen, cashFen), isBig: true }]
      if (scene === 'cash-owed-back') return [{ text: cash.owedBack(cashFen), isBig: true }]
      if (scene === 'paid') return [{ text: cash.complete(codeFen, cashFen, yuanText(split.wholeFen)), isBig: true }]
      return null
    }
    default:
      return null
  }
}

export function CashLines(props: { readonly lines: readonly Line[] }) {
  return props.lines.map(({ text, isAlert, isBig }) => (
    <p key={text} role={isAlert ? 'alert' : undefined} className={`figures ${isBig ? 'message-first' : ''}`}>
      {text}
    </p>
  ))
}

/** What of the sale is in cash, while its code is awaited. */
export function SplitLine(props: { readonly split: Split | undefined }) {
  const words = useWords()
  const { split } = props
  if (split === undefined) return null
  const { cashFen, wholeFen, isTaken } = split
  const text = isTaken
    ? words.cash.takenAlready(yuanText(cashFen), yuanText(wholeFen))
    : words.cash.planned(yuanText(cashFen))
  return <p className="figures">{text}</p>
}

/** Says at the idle counter that a sale with cash in the drawer is not complete. */
export function UnfinishedBanner(props: { readonly unfinished: CounterState['unfinished'] }) {
  const words = useWords()
  const [first] = props.unfinished
  if (first === undefined) return null
  const { saleAmountFen, cashFen, codePaidFen } = first
  const leftFen = saleAmountFen - cashFen - codePaidFen
  return (
    <div className="line-banner" role="status" data-testid="unfinished-sale">
      <p className="figures">{words.cash.unfinished(yuanText(saleAmountFen), yuanText(cashFen), yuanText(leftFen))}</p>
    </div>
  )
}
