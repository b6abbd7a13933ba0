// breach: channel-port-names-no-channel
export { alipay } from './alipay/alipay.ts'
