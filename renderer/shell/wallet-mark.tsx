import alipay from '../../assets/wallets/alipay.svg'
import alipayFace from '../../assets/wallets/alipay-face.svg'
import bestpay from '../../assets/wallets/bestpay.svg'
import ecny from '../../assets/wallets/ecny.svg'
import jd from '../../assets/wallets/jd.svg'
import qq from '../../assets/wallets/qq.svg'
import unionpay from '../../assets/wallets/unionpay.svg'
import wechat from '../../assets/wallets/wechat.svg'
import type { Wallet } from '../till/types.ts'

const marks: Readonly<Record<Wallet, string>> = {
  wechat,
  alipay,
  unionpay,
  ecny,
  qq,
  bestpay,
  jd,
  'alipay-face': alipayFace,
}

/** The wallet's mark; its name stands beside it wherever it is used, so the picture itself says nothing to readers. */
export function WalletMark(props: { readonly wallet: Wallet }) {
  return <img className="wallet-mark" src={marks[props.wallet]} alt="" draggable={false} />
}
