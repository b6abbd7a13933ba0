// breach: no-tools-in-production
export { tool } from '../scripts/tool.ts'
