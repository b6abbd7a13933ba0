// breach: words-outside-the-catalogue
export const Paid = () => <p>收款成功</p>
