/** What each clip says, by its name: the list that `scripts/make-voice.ts` records from. */
export const voiceTexts: Readonly<Record<'zh-CN' | 'en', Readonly<Record<string, string>>>> = {
  'zh-CN': {
    ...Object.fromEntries([...'零一二三四五六七八九'].map((digit, value) => [String(value), digit])),
    liang: '两',
    shi: '十',
    bai: '百',
    qian: '千',
    wan: '万',
    yi: '亿',
    point: '点',
    yuan: '元',
    received: '收款',
    'revoked-closed': '已撤销，没有扣款',
    'revoked-refunded': '已撤销，款已退回',
    attention: '需要人工处理',
  },
  en: {
    ...Object.fromEntries(
      [
        ...['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve'],
        ...['thirteen', 'fourteen', 'fifteen', 'sixteen', 'seventeen', 'eighteen', 'nineteen'],
      ].map((word, value) => [String(value), word]),
    ),
    ...Object.fromEntries(
      ['twenty', 'thirty', 'forty', 'fifty', 'sixty', 'seventy', 'eighty', 'ninety'].map((word, place) => [
        String((place + 2) * 10),
        word,
      ]),
    ),
    hundred: 'hundred',
    thousand: 'thousand',
    million: 'million',
    point: 'point',
    yuan: 'yuan',
    received: 'received',
    'revoked-closed': 'revoked, nothing was charged',
    'revoked-refunded': 'revoked, the money goes back',
    attention: 'needs a person',
  },
}
