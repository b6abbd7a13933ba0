/** Which wallet Jeepay takes a code to, by its digits (jeepay.md §3, AUTO_BAR). */
export const jeepayWays = ['WX_BAR', 'ALI_BAR', 'YSF_BAR'] as const
export type JeepayWay = (typeof jeepayWays)[number]

const forms = {
  WX_BAR: /^1[0-5]\d{16}$/,
  ALI_BAR: /^(?:2[5-9]|30)\d{14,22}$/,
  YSF_BAR: /^62\d{17}$/,
} as const satisfies Record<JeepayWay, RegExp>

/** Jeepay's name of the wallet behind a way (`ifCode`). */
export const jeepayInterfaces = {
  WX_BAR: 'wxpay',
  ALI_BAR: 'alipay',
  YSF_BAR: 'ysfpay',
} as const satisfies Record<JeepayWay, string>

/** The way of a payment code; undefined for a code that AUTO_BAR does not know. */
export function wayOfCode(code: string): JeepayWay | undefined {
  return jeepayWays.find((way) => forms[way].test(code))
}

/** The way in what was echoed at the payment. */
export function wayIn(echo: Readonly<Record<string, string>>): JeepayWay {
  return jeepayWays.find((way) => way === echo.wayCode) ?? 'WX_BAR'
}
