export const alipay = 'alipay'
