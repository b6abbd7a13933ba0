import type { DesktopWords } from '../desktop-words.ts'

/** 程序本身的话。 */
export const desktop = {
  title: '程序',
  ready: (version) => `新版本 ${version} 已下载，等待安装。`,
  whenItGoesIn: '关闭收银机时安装，或由店长现在重启安装。有人在收银时绝不会自行安装。',
  install: '立即安装并重启',
  installing: '收银机正在结账关闭，安装后会重新启动。',
  allowInstall: (version) => `关闭收银机，安装 ${version}，再重新启动。`,
  notNow: '现在不能安装，没有动任何订单。请先处理：',
  hindrances: {
    'order-open': '有订单还没有结果：请在收银台做完，或等收银机查到结果。',
    'revoke-open': '正在撤销：请等到确认钱是否已退回。',
    'case-open': '有订单需要人工处理：请在“待处理”里处理（F1）。',
    'refund-open': '正在退款：请等渠道给出结果。',
    printing: '正在打印：请等纸打完。',
    'shift-open': '班次还没有交班：请清点并交班（F7）。',
    'ledger-trouble': '账本读不出来：请联系技术支持，现在不要安装。',
  },
  kiosk: '收银机占用整个屏幕（全屏模式）。',
  leaveKiosk: '退出全屏',
  allowLeave: '退出全屏，直到下次启动；之后窗口可以关闭。',
  left: '收银机现在是普通窗口，下次启动时又会全屏。',
  lost: '收银机没有回应，什么都没有改。请再试一次。',
} as const satisfies DesktopWords
