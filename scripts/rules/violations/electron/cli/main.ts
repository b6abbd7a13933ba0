// breach: hosts-are-opened-from-outside
import { open } from '../hosts/browser/open.ts'
export const run = open
