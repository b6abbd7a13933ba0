import type { Language } from '../../electron/api/contract.ts'

/** The name of a recorded clip; each language has those that its numbers need. */
export type Clip = string

const chineseUnits = ['', 'shi', 'bai', 'qian'] as const
const chineseGroups = ['', 'wan', 'yi'] as const

/** One group of four digits; a zero inside is said once, however many there are, and none at the end. */
function chineseGroup(value: number): readonly Clip[] {
  const clips: Clip[] = []
  let skipped = false
  for (let place = 3; place >= 0; place -= 1) {
    const digit = Math.floor(value / 10 ** place) % 10
    if (digit === 0) {
      skipped = clips.length > 0
      continue
    }
    if (skipped) clips.push('0')
    skipped = false
    // 两百, 两千, but 二十 and 二.
    clips.push(digit === 2 && place >= 2 ? 'liang' : String(digit))
    const unit = chineseUnits[place]
    if (unit) clips.push(unit)
  }
  return clips
}

function chineseNumber(value: number): readonly Clip[] {
  if (value === 0) return ['0']
  const clips: Clip[] = []
  for (let group = 2; group >= 0; group -= 1) {
    const part = Math.floor(value / 10_000 ** group) % 10_000
    if (part === 0) continue
    if (clips.length > 0 && part < 1_000) clips.push('0')
    // 两万, but 二 alone.
    const said = part === 2 && group > 0 ? ['liang'] : chineseGroup(part)
    const unit = chineseGroups[group]
    clips.push(...said, ...(unit ? [unit] : []))
  }
  // 十二, not 一十二, where the number begins with it.
  return clips[0] === '1' && clips[1] === 'shi' ? clips.slice(1) : clips
}

const below = (value: number): readonly Clip[] => {
  if (value === 0) return []
  if (value < 20) return [String(value)]
  return value < 100
    ? [String(value - (value % 10)), ...below(value % 10)]
    : [String(Math.floor(value / 100)), 'hundred', ...below(value % 100)]
}

function englishNumber(value: number): readonly Clip[] {
  if (value === 0) return ['0']
  const [millions, thousands] = [Math.floor(value / 1_000_000), Math.floor(value / 1_000) % 1_000]
  return [
    ...(millions > 0 ? [...below(millions), 'million'] : []),
    ...(thousands > 0 ? [...below(thousands), 'thousand'] : []),
    ...below(value % 1_000),
  ]
}

/** The digits behind the point: 5 fen are "零五", 50 fen "五". */
function decimals(fenPart: number): readonly Clip[] {
  if (fenPart === 0) return []
  const [tenths, hundredths] = [Math.floor(fenPart / 10), fenPart % 10]
  return ['point', String(tenths), ...(hundredths === 0 ? [] : [String(hundredths)])]
}

/**
 * The clips of an amount in `language`, in the order in which they are played: "一千二百三十四点零五元", "one thousand two
 * hundred thirty four point zero five yuan". Takes up to 10¹² fen; a fraction of a fen is a bug.
 */
export function amountClips(amountFen: number, language: Language): readonly Clip[] {
  if (!Number.isSafeInteger(amountFen) || amountFen < 0) throw new RangeError('not an amount in fen')
  const number = language === 'zh-CN' ? chineseNumber : englishNumber
  return [...number(Math.floor(amountFen / 100)), ...decimals(amountFen % 100), 'yuan']
}

/** The clips of "received" with its amount. */
export const receivedClips = (amountFen: number, language: Language): readonly Clip[] => [
  'received',
  ...amountClips(amountFen, language),
]
