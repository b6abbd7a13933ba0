// `node bench/poll-schedule-search.ts`: the schedules that `queryAgesMs` can choose from, and what each costs.
import { foresightSentence, measureTradeOffs, tradeOffTable } from './polling/trade-off.ts'

console.log(tradeOffTable(measureTradeOffs(20_000)))
console.log(`\n${foresightSentence()}`)
