// breach: channels-are-pure oracles-in-tests-only
export { constant } from 'fast-check'
