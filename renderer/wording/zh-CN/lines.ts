import type { Catalogue } from '../catalogue.ts'

/** 网络和支付渠道断开时的话。 */
export const lines = {
  lines: {
    networkGone: '网络断开:暂时不能收款。',
    walletsGone: (wallets) => `${wallets}连不上:暂时不能用它收款。`,
    because: (reason, since) => `${reason}(${since} 起)。正在自动重试。`,
    takeCash: '请收现金。',
    takeOther: (wallets) => `${wallets}可以用;也可以收现金。`,
    owesNothing: '已收的款不受影响。',
    owes: (count) => `已收的款不受影响;有 ${count} 笔订单待恢复后自动核实。`,
    refused: (wallet, reason) => `${wallet}连不上:${reason}。`,
    refusedNext: '付款码没有用掉,恢复后可以再扫。',
    back: '网络已恢复,可以收款。',
    separator: '、',
    reasons: {
      'no-network': '本机没有网络',
      'name-not-resolved': '查不到对方的网址(DNS)',
      refused: '对方拒绝连接',
      tls: '不能建立安全连接',
      'timed-out': '对方没有及时回答',
      'connection-lost': '还没回答,连接就断了',
      'portal-page': '回答的是网页,网络可能要先登录',
      'channel-fault': '对方的服务器出了故障',
      unverifiable: '对方的回答无法验证真假',
      'keys-refused': '对方不认本店的密钥或权限',
      'clock-off': '本机时钟不对',
    },
    marks: {
      'no-network': '没有网络',
      'name-not-resolved': '连不上',
      refused: '连不上',
      tls: '连不上',
      'timed-out': '连不上',
      'connection-lost': '连不上',
      'portal-page': '要登录网络',
      'channel-fault': '对方故障',
      unverifiable: '无法验证',
      'keys-refused': '设置有误',
      'clock-off': '时钟不对',
    },
  },
} as const satisfies Partial<Catalogue>
