import { cellsOfCharacter, type SlipColumns, type SlipRow } from '../till/slip.ts'

/** The rows as a text for a fixed-width font in which Chinese takes two cells; sizes are lost. */
export function slipText(rows: readonly SlipRow[]): string {
  return `${rows.map(({ text, startCell }) => `${' '.repeat(startCell)}${text}`.trimEnd()).join('\n')}\n`
}

const cellWidth = 12
const rowHeight = 30
const margin = 24

/** The rows as an SVG picture: every character stands on its own cell, whatever font the viewer has. */
export function slipSvg(rows: readonly SlipRow[], columns: SlipColumns): string {
  let y = margin
  const lines = rows.map((row) => {
    const scale = row.emphasis === 'large' ? 2 : 1
    y += rowHeight * scale
    const weight = row.emphasis === 'normal' ? '' : ' font-weight="700"'
    const size = 20 * scale
    const base = y - 8 * scale
    return `<text x="${places(row, scale)}" y="${base}" font-size="${size}"${weight}>${escaped(row.text)}</text>`
  })
  const width = columns * cellWidth + 2 * margin
  const height = y + margin
  const fonts = "'Noto Sans Mono CJK SC', 'Noto Sans CJK SC', 'Microsoft YaHei', 'PingFang SC', monospace"
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">`,
    `<rect width="${width}" height="${height}" fill="#fff"/>`,
    `<g font-family="${fonts}" fill="#000" xml:space="preserve">`,
    ...lines,
    '</g>',
    '</svg>',
    '',
  ].join('\n')
}

/** The left edge of each character; a list of places in SVG counts UTF-16 units. */
function places({ text, startCell }: SlipRow, scale: number): string {
  let cell = startCell
  const edges: number[] = []
  for (const character of text) {
    const edge = margin + cell * cellWidth
    for (let unit = 0; unit < character.length; unit += 1) edges.push(edge)
    cell += cellsOfCharacter(character) * scale
  }
  return edges.length === 0 ? String(margin) : edges.join(' ')
}

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }

function escaped(text: string): string {
  // Control characters are not allowed in XML, and mean nothing on paper.
  return text.replace(/\p{Cc}/gu, ' ').replace(/[&<>]/g, (character) => escapes[character] ?? character)
}
