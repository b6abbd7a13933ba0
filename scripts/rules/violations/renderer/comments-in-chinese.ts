// 等待付款 is what the cashier sees
export const waiting = 1
