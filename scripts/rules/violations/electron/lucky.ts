// breach: no-phantom-packages
export { parse } from 'acorn'
