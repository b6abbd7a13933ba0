import { dayText, differenceText, markText } from '../reconciliation/text.ts'
import { Keycap } from '../shell/keycap.tsx'
import { useApp, useTill } from '../shell/till-context.tsx'
import { orderTail } from '../till/order-tail.ts'
import { useWords } from '../wording/words.tsx'
import { openHanded } from './keys.ts'

/** Differences that were handed over from the bills, each with the way to its day; nothing where there are none. */
export function HandedList() {
  const words = useWords()
  const till = useTill()
  const handed = useApp(({ desk }) => desk.handed)
  if (handed.length === 0) return null
  return (
    <section className="desk-handed" aria-label={words.desk.handed.title(handed.length)}>
      <h2>{words.desk.handed.title(handed.length)}</h2>
      <ul>
        {handed.map((each, place) => (
          <li key={`${each.channel}/${each.date}/${each.key}`}>
            <button type="button" className="case-row" onClick={() => openHanded(till, each)}>
              <span className="case-row-first">
                {place === 0 && <Keycap name="→" />}
                <b>{words.reconciliation.causes[each.cause].name}</b>
                <span className="figures">{differenceText(each.differenceFen)}</span>
                {each.orderNumber !== '' && <span className="figures">…{orderTail(each.orderNumber)}</span>}
              </span>
              <span className="quiet figures">
                {words.reconciliation.title(each.channel, dayText(each.date))} · {markText(words, each)}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}
