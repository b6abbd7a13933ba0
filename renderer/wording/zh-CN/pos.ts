import type { PosWords } from '../pos-words.ts'

export const pos = {
  from: (reference) => `POS 发来的金额 · 单号 ${reference}`,
  others: (count) => `后面还有 ${count} 笔`,
  trouble: {
    'port-in-use': 'POS 连不上收银台:端口被别的程序占用。可照常手工收款;请换端口后重启收银台。',
    network: 'POS 连不上收银台:本机网络拒绝了端口。可照常手工收款;请联系技术支持。',
    disk: 'POS 的收款记录读写不了。可照常手工收款;请检查磁盘后重启收银台。',
  },
} satisfies PosWords
