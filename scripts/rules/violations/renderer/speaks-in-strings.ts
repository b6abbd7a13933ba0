// breach: words-outside-the-catalogue
export const paid = '已收款'
