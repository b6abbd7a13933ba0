import type { EvidenceWords } from '../evidence-words.ts'

/** 了结证明的话:只有核实过的回答才说“不会再扣任何人的钱”。 */
export const evidence = {
  title: '还会不会扣款',
  marks: {
    paid: '已收款,已了结',
    returned: '款已退回,已了结',
    closed: '没有扣款,已了结',
    'by-hand': '人工了结',
    open: '没有了结',
  },
  closed: {
    'paid-and-verified': '这一单不会再扣任何人的钱,因为渠道的回答经过核实:已付款一次,付款码已经用掉。',
    'revoked-closed-confirmed': '这一单不会再扣任何人的钱,因为渠道的查询结果经过核实:单已关闭,没有扣款。',
    'revoked-refunded-confirmed': '这一单不会再扣任何人的钱,因为渠道的查询结果经过核实:单已关闭,扣过的款已原路退回。',
    'refunded-in-full': '这一单不会再扣任何人的钱,因为渠道确认已全额退款。',
    'refused-by-channel': '这一单不会再扣任何人的钱,因为渠道的回答经过核实:已最终拒绝,没有扣款。',
    'refused-and-not-found': '这一单不会再扣任何人的钱,因为渠道拒绝了它,再查时也没有这一单。',
    'closed-unpaid': '这一单不会再扣任何人的钱,因为渠道的查询结果经过核实:单已关闭,没有付款。',
    'never-existed-there': '这一单不会再扣任何人的钱,因为已撤销以防万一,渠道每次查询都没有这一单。',
    'never-left': '这一单不会再扣任何人的钱,因为它从来没有离开过本机。',
  },
  byHand: (manager, decision) => `${manager}人工了结:${decision}。依据是这个人的决定,不是渠道的回答。`,
  open: {
    mayCharge: '这一单仍可能扣款:渠道还没有最后的回答。不要当作没有扣款。',
    taken: '这一单还没有了结:渠道说已经扣款,既没有入账,也没有退回。',
    contradiction: '这一单不能下结论:记录推不出它现在的状态。请联系技术支持。',
  },
  noVerdict: '这一单不能下结论:有一条记录读不懂。请联系技术支持。',
  looksUntil: (time) => `为防万一,本机会自动再查,直到 ${time}。`,
  write: '写出证明',
  writing: '正在写出…',
  page: '给人看的网页',
  file: '供核对的文件',
  chain: (sequence) => `账本当时到第 ${sequence} 条,哈希`,
  keep: '把这个哈希抄在别处,以后就能证明账本没有被改过。',
  failures: {
    'no-such-order': '账本里没有这一单,什么都没有写。',
    unreadable: '有一条记录读不懂,不能下结论,什么都没有写。请联系技术支持。',
    lost: '没有收到收银程序的回答,不知道写好没有。请再按一次。',
  },
  diskError: (path) => `证明写不进 ${path},这一单没有变。请检查磁盘。`,
} as const satisfies EvidenceWords
