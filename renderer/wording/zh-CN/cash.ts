import type { CashWords } from '../cash-words.ts'

/** 收款台收现金的话。 */
export const cash = {
  given: '顾客给的现金',
  exact: '正好就直接按 Enter。',
  change: (amount) => `找零 ${amount}`,
  short: (given, rest) => `现金 ${given},余下 ${rest} 扫码。`,
  planned: (cash) => `扫码这部分收到以后,再收现金 ${cash}。`,
  takenAlready: (cash, whole) => `这笔共 ${whole},现金 ${cash} 已收在抽屉里。`,
  due: (code, cash) => `扫码已收 ${code}。再收现金 ${cash} 才算收齐,先不要交货。`,
  complete: (code, cash, whole) => `扫码 ${code} + 现金 ${cash} = ${whole},已收齐。`,
  owedBack: (cash) => `现金 ${cash} 已经收了:余款再扫一次或收现金,不买就按 F4 退给顾客。`,
  returned: (cash) => `请把现金 ${cash} 退给顾客,已记账。`,
  giveChange: (amount) => `找给顾客 ${amount}。`,
  noChange: '不用找零。',
  unfinished: (whole, cash, left) => `有一笔 ${whole} 只收了现金 ${cash},还差 ${left}。按 F3 接着收或退。`,
  returnReason: '余款没有收到,退现金',
  lost: '没有收到收银程序的回答,不知道有没有记上。再按一次 Enter,不会重复记账。',
  problems: {
    zero: '金额是零,没有记账。',
    'given-too-little': '给的钱不够,没有记账。',
    'given-too-much': '找零太大,请核对给的金额。没有记账。',
    'no-open-shift': '没有开班,不能收现金。没有记账。',
    'shift-without-cash': '这个班不收现金。没有记账。',
    'being-counted': '正在点钱,现在不能动现金。没有记账。',
    'more-than-left': '超过这笔还差的金额。没有记账。',
    'more-than-taken': '超过这笔收过的现金。没有记账。',
    'reason-missing': '请写理由。没有记账。',
    amount: '金额不对。没有记账。',
    manager: '要店长授权。没有记账。',
  },
  drawer: {
    opened: '钱箱已打开。',
    'did-not-open': '已记账,但钱箱没有打开,请用钥匙。',
    'no-drawer': '已记账。没有接钱箱,请手动打开抽屉。',
  },
} as const satisfies CashWords
