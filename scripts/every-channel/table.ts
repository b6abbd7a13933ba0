import { practiceStories, type Story } from '../../electron/training/practice-code.ts'
import { type ServerName, serverNames } from '../../electron/training/server-name.ts'

/** What the channel's books say of an order, in fen. */
export type Money = { readonly chargedFen: number; readonly refundedFen: number }

/** A story at the command line. */
export type CommandLineEnd = {
  readonly channel: ServerName
  readonly story: Story
  readonly exit: number | null
  readonly status: string
  readonly revokeEffect: string | null
  readonly book: Money | null
}

/** A story at the counter; `scene` is the picture of its end. */
export type CounterEnd = Money & { readonly channel: ServerName; readonly story: Story; readonly scene: string }

/** A row a story, a column a channel; in each cell the command line, the counter, and what the books say of both orders. */
export function endsTable(commandLine: readonly CommandLineEnd[], counter: readonly CounterEnd[]): string {
  const isOf =
    (channel: ServerName, story: Story) =>
    (each: { readonly channel: ServerName; readonly story: Story }): boolean =>
      each.channel === channel && each.story === story
  const cell = (channel: ServerName, story: Story): string => {
    const [printed, shown] = [commandLine.find(isOf(channel, story)), counter.find(isOf(channel, story))]
    if (printed === undefined && shown === undefined) return 'cannot be told'
    return [
      printed === undefined ? 'not played' : `${printed.exit} ${endWords(printed)}`,
      shown === undefined ? 'not played' : shown.scene,
      booksWords(printed?.book ?? null, shown ?? null),
    ].join('<br>')
  }
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  return [
    line(['story', ...serverNames.map((channel) => `\`${channel}\``)]),
    line(['---', ...serverNames.map(() => '---')]),
    ...practiceStories.map((story) => line([`\`${story}\``, ...serverNames.map((channel) => cell(channel, story))])),
  ].join('\n')
}

const endWords = ({ status, revokeEffect }: CommandLineEnd): string =>
  revokeEffect === null ? status : `${status}, ${revokeEffect}`

function booksWords(first: Money | null, second: Money | null): string {
  const [one, other] = [moneyWords(first), moneyWords(second)]
  return one === other ? one : `${one}; counter: ${other}`
}

function moneyWords(money: Money | null): string {
  if (money === null) return 'not known'
  const { chargedFen, refundedFen } = money
  if (chargedFen === 0) return 'not charged'
  if (refundedFen === 0) return 'charged'
  return refundedFen === chargedFen ? 'charged, returned' : 'charged, returned in part'
}
