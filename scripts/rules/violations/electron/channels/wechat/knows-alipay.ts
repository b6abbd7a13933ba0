// breach: channels-are-pure
export { alipay } from '../alipay/alipay.ts'
