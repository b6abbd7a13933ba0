import type { DisplayWords } from '../display-words.ts'

export const display = {
  states: {
    resting: { headline: '欢迎光临', next: '' },
    due: { headline: '请出示付款码', next: '收银员扫码后才会扣款' },
    sending: { headline: '正在收款', next: '请稍候' },
    'awaiting-payer': { headline: '请在手机上确认付款', next: '请看手机,按提示输入密码' },
    'ask-staff': { headline: '请稍候,店员为您处理', next: '请先不要再次付款' },
    paid: { headline: '付款成功', next: '' },
    'not-paid': { headline: '本次没有扣款', next: '请听店员安排,或换一种付款方式' },
    'revoked-closed': { headline: '已取消,没有扣款', next: '如需付款,请重新出示付款码' },
    'revoked-refunded': { headline: '已取消,款项退回', next: '退回付款的钱包,请留意钱包通知' },
    'cash-due': { headline: '请付现金', next: '' },
    'cash-paid': { headline: '已付清', next: '谢谢惠顾' },
    'cash-returned': { headline: '现金已退回', next: '请当面点清' },
  },
  paidWith: (wallet) => `${wallet}已付`,
  alone: { headline: '欢迎光临', next: '请向店员咨询' },
  change: (amount) => `找零 ${amount}`,
  receipt: '扫码保存电子小票',
  training: '练习 · 不会真的扣款',
  section: {
    lead: '给顾客看的第二块屏:应付金额、请出示付款码、等待密码、结果和电子小票码。上面没有单号、员工姓名,也没有别的订单。',
    states: { open: '顾客屏已打开', closed: '顾客屏没有打开' },
    open: '打开顾客屏',
    howTo: '把窗口拖到顾客的屏幕上,点一下它就会占满屏幕。',
    openings: { 'at-start': '每次启动时自动打开', 'by-hand': '由人打开;在 config.json 里可以改成启动时自动打开' },
  },
} satisfies DisplayWords
