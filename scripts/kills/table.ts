import { crashPoints } from '../../electron/crash-points/crash-points.ts'
import type { KillReport } from './kill-lab.ts'

/** A row a point: how often a till died there (as the first kill or while it recovered), and how the orders ended. */
export function killTable(reports: readonly KillReport[]): string {
  const rows = crashPoints.map(({ name, sentence }) => {
    const first = reports.filter(({ kill }) => kill.point === name)
    const again = reports.filter(({ kill }) => kill.againAt === name)
    const ends = Map.groupBy([...first, ...again], ({ end }) => end)
    const endings = [...ends].map(([end, { length }]) => `${length} ${end}`).join(', ')
    const wrong = [...first, ...again].filter(({ disagreements }) => disagreements.length > 0).length
    return `${name.padEnd(26)} ${count(first)} ${count(again)} ${String(wrong).padStart(5)}  ${endings.padEnd(44)} ${sentence}`
  })
  return [`${'point'.padEnd(26)} kills again wrong  ${'the orders ended'.padEnd(44)} a kill there`, ...rows].join('\n')
}

const count = ({ length }: readonly unknown[]): string => String(length).padStart(5)
