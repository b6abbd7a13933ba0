// breach: runner-sees-ports-only
export { connect } from '../channels/wechat/opens-a-socket.ts'
