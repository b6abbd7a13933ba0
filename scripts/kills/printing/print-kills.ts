import { longPrintPlan, type PrintKill, printKillPlaces, shortPrintPlan } from './plan.ts'
import { buildPrintingTill, type PrintingDay, runPrintingDay } from './print-lab.ts'

/** Kills printing tills, on two data folders at once, and tells what the paper said; true where nothing disagrees. */
export async function runPrintKills(isLong: boolean): Promise<boolean> {
  const plan = isLong ? longPrintPlan : shortPrintPlan
  console.log(
    `${plan.length} kills of a printing till at ${printKillPlaces.length} places, on two data folders at once.`,
  )
  const startedMs = performance.now()
  const program = await buildPrintingTill()
  const halves = [0, 1].map((half) =>
    plan.filter((_, index) => Math.floor(index / printKillPlaces.length) % 2 === half),
  )
  const done = new Map<string, number>()
  let total = 0
  const count = ({ place }: PrintKill): void => {
    done.set(place, (done.get(place) ?? 0) + 1)
    total += 1
    if (total % 50 === 0) console.log(`${total} kills made`)
  }
  const days = await Promise.all(
    halves.filter(({ length }) => length > 0).map((half) => runPrintingDay(program, half, count)),
  )
  for (const place of printKillPlaces) console.log(`${place.padEnd(28)} ${String(done.get(place) ?? 0).padStart(4)}`)
  const sum = (of: (day: PrintingDay) => number): number => days.reduce((total, day) => total + of(day), 0)
  const disagreements = days.flatMap((day) => day.disagreements)
  for (const each of disagreements) console.log(`✖ ${each}`)
  const seconds = Math.round((performance.now() - startedMs) / 1000)
  console.log(
    `${sum(({ kills }) => kills)} kills, ${sum(({ orders }) => orders)} orders, ${sum(({ jobs }) => jobs)} jobs, ` +
      `${sum(({ sheets }) => sheets)} whole sheets, ${sum(({ torn }) => torn)} torn, ` +
      `a person was asked after ${sum(({ asked }) => asked)}, ${disagreements.length} disagreements, ${seconds} s`,
  )
  return disagreements.length === 0
}
