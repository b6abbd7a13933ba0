import type { Language } from '../api/language.ts'
import type { FailureCode } from './failure-codes.ts'

type Words = { readonly [Code in FailureCode]: string }

const chinese: Words = {
  'wrong-host': '只接受发往 127.0.0.1 和本端口的请求。本次请求未改变任何收款。',
  'origin-refused': '网页不能使用此接口。本次请求未改变任何收款。',
  unauthorised: '令牌缺失或不对。本次请求未改变任何收款。',
  'no-such-address': '没有这个地址。本次请求未改变任何收款。',
  'method-not-allowed': '这个地址不支持该方法。本次请求未改变任何收款。',
  'json-only': '请求内容必须是 application/json。本次请求未改变任何收款。',
  'body-too-large': '请求内容超过 16 KB。本次请求未改变任何收款。',
  'body-not-whole': '请求内容没有在规定时间内到齐。本次请求未改变任何收款。',
  'bad-request': '请求内容不符合接口文件，见 field。本次请求未改变任何收款。',
  'no-such-collection': '没有这个单号的收款。用此单号未收过钱。',
  'amount-differs': '此单号已用于另一金额。本次未收款；新的收款请用新单号。',
  'amount-refused': '金额不能收取，见 reason。未收款。',
  'too-many-waiting': '收银台上等待扫码的收款太多。本次未收款；请先完成或取消几笔。',
  'not-a-payment-code': '这不是付款码。未收款；请顾客重新打开付款码。',
  'wallet-not-configured': '本店没有开通这个钱包。未收款；请换一种付款方式。',
  'code-used-before': '这个付款码已用于另一笔收款，见 orderNumber。本次未收款；请顾客刷新付款码。',
  'former-order-paid': '刚刚查明：同金额的前一笔已付款，见 orderNumber。本次未收款；确认是另一位顾客再收。',
  'former-order-open': '同金额的前一笔还没有结果，见 orderNumber。本次未收款；请先等它有结果。',
  'collection-over': '这笔收款已结束，不再收码。本次未收款；新的收款请用新单号。',
  'channel-away': '连不上这个钱包。未收款，付款码未使用；请稍后再试或换一种付款方式。',
  'till-locked': '收银台已锁定。未收款；请收银员登录后再试。',
  'already-paid': '顾客已付款，不能取消。需要退还请用退款。',
  'too-early': '付款刚发出，还不能撤销。款项结果未定；请等 waitMs 毫秒后再取消。',
  'not-now': '这笔收款现在不能取消。款项以收款状态为准，请查询。',
  'refund-differs': '此退款单号已用于另一金额。本次未退款；新的退款请用新单号。',
  'refund-under-way': '同金额的另一笔退款正在进行。本次未退款；请等它结束后再用此单号。',
  'refund-refused': '这笔收款不能这样退款，见 reason。本次未退款。',
  'manager-needed': '超过收银员可独自退款的额度，需店长在收银台授权。本次未退款。',
  'too-many-streams': '同时打开的事件流太多。收款照常进行；请关闭几个或改用查询。',
  'ledger-trouble': '账本现在无法读写。本次未收款也未退款；请看收银台上的提示，之后用同一单号再问。',
  stopping: '收银台正在关闭。本次未收款也未退款；重新打开后用同一单号再问。',
  bug: '程序内部错误。款项结果请用同一单号查询，不要换单号重收。',
}

const english: Words = {
  'wrong-host': 'Only requests to 127.0.0.1 and this port are taken. This request changed nothing.',
  'origin-refused': 'Web pages cannot use this interface. This request changed nothing.',
  unauthorised: 'The token is missing or wrong. This request changed nothing.',
  'no-such-address': 'There is no such address. This request changed nothing.',
  'method-not-allowed': 'This address does not take this method. This request changed nothing.',
  'json-only': 'The body must be application/json. This request changed nothing.',
  'body-too-large': 'The body is larger than 16 KB. This request changed nothing.',
  'body-not-whole': 'The body did not arrive in time. This request changed nothing.',
  'bad-request': 'The request is not as the interface file says, see field. This request changed nothing.',
  'no-such-collection': 'There is no collection with this reference. Nothing was collected for it.',
  'amount-differs':
    'This reference was used for another amount. Nothing was collected now; use a new reference for a new collection.',
  'amount-refused': 'The amount cannot be collected, see reason. Nothing was collected.',
  'too-many-waiting':
    'Too many collections wait for a scan at the counter. Nothing was collected; finish or cancel some first.',
  'not-a-payment-code': 'This is no payment code. Nothing was collected; ask the customer to open the code anew.',
  'wallet-not-configured': 'The shop does not take this wallet. Nothing was collected; ask for another way to pay.',
  'code-used-before':
    'The code was used for another payment, see orderNumber. Nothing was collected now; ask for a fresh code.',
  'former-order-paid':
    'A former payment of the same amount turned out paid, see orderNumber. Nothing was collected now; go on only if this is another customer.',
  'former-order-open':
    'A former payment of the same amount is not decided yet, see orderNumber. Nothing was collected now; wait for it first.',
  'collection-over': 'The collection has ended and takes no code. Nothing was collected now; use a new reference.',
  'channel-away':
    'The wallet cannot be reached. Nothing was collected and the code is unused; try later or ask for another way to pay.',
  'till-locked': 'The till is locked. Nothing was collected; sign in at the till and ask again.',
  'already-paid': 'The customer has paid, so this cannot be cancelled. Use a refund to give the money back.',
  'too-early': 'The payment was sent just now and cannot be revoked yet. It is not decided; cancel again after waitMs.',
  'not-now': 'The collection cannot be cancelled now. Ask for its status to hear what happened to the money.',
  'refund-differs':
    'This refund reference was used for another amount. Nothing was refunded now; use a new reference for a new refund.',
  'refund-under-way':
    'Another refund of this amount is under way. Nothing was refunded now; ask again when that one has ended.',
  'refund-refused': 'The collection cannot be refunded so, see reason. Nothing was refunded.',
  'manager-needed':
    'This is more than a cashier may refund alone; a manager must do it at the till. Nothing was refunded.',
  'too-many-streams':
    'Too many event streams are open. The payment goes on; close some, or ask for the status instead.',
  'ledger-trouble':
    'The ledger cannot be used now. This request collected and refunded nothing; look at the till, then ask again with the same reference.',
  stopping:
    'The till is closing. This request collected and refunded nothing; open it and ask again with the same reference.',
  bug: 'An error in the program. Ask for the status by the same reference; do not collect again with another one.',
}

/** What each failure says to people. */
export const failureWords: { readonly [Each in Language]: Words } = { 'zh-CN': chinese, en: english }
