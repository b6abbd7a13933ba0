import { yuanText } from '../money/yuan.ts'

/** One bar: its name below, and its sum. */
export type Bar = { readonly key: string; readonly name: string; readonly fen: number }

const heightPx = 200
const namesPx = 34
const barPx = 44
const gapPx = 12

/** Bars of sums in fen, above a line for what came in and below for what went out. The tables beside it have the figures. */
export function BarChart(props: { readonly label: string; readonly bars: readonly Bar[] }) {
  const { label, bars } = props
  const mostFen = Math.max(1, ...bars.map(({ fen }) => fen))
  const leastFen = Math.min(0, ...bars.map(({ fen }) => fen))
  const perFen = heightPx / (mostFen - leastFen)
  const zeroPx = mostFen * perFen
  const widthPx = Math.max(1, bars.length) * (barPx + gapPx)
  return (
    <svg
      className="chart"
      viewBox={`0 0 ${widthPx} ${heightPx + namesPx}`}
      width={widthPx}
      height={heightPx + namesPx}
      role="img"
      aria-label={`${label}: ${bars.map(({ name, fen }) => `${name} ${yuanText(fen)}`).join(', ')}`}
    >
      {bars.map(({ key, name, fen }, at) => {
        const x = at * (barPx + gapPx) + gapPx / 2
        const tallPx = Math.max(2, Math.abs(fen) * perFen)
        return (
          <g key={key}>
            <rect
              className={fen < 0 ? 'chart-out' : 'chart-in'}
              x={x}
              y={fen < 0 ? zeroPx : zeroPx - tallPx}
              width={barPx}
              height={tallPx}
            />
            <text className="chart-name" x={x + barPx / 2} y={heightPx + namesPx - 8} textAnchor="middle">
              {name}
            </text>
          </g>
        )
      })}
      <line className="chart-zero" x1={0} x2={widthPx} y1={zeroPx} y2={zeroPx} />
    </svg>
  )
}
