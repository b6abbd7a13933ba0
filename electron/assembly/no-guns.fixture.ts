import type { ScanGuns } from './scan-guns.ts'

/** A till whose guns all type into the window. */
export const noGuns: ScanGuns = {
  scanners: () => [],
  claim: () => null,
  pluggedIn: async () => null,
  close: () => undefined,
}
