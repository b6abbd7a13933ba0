// breach: channels-are-pure
export { connect } from 'node:net'
