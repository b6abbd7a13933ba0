// 中文在这里
export const paid = '已收款'
