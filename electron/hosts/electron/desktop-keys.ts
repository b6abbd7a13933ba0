import { safeStorage } from 'electron'
import type { DesktopKeys } from '../../settings/sealed/desktop-key.ts'

/** What Linux falls back to without a keyring: encryption with a password that stands in Chromium's source. */
const plainBackends: readonly ReturnType<typeof safeStorage.getSelectedStorageBackend>[] = ['basic_text', 'unknown']

/** Electron's safeStorage as the sealed store uses it; only once the application is ready. */
export const desktopKeys = (platform: NodeJS.Platform = process.platform): DesktopKeys => ({
  weakness: async () => {
    if (!(await safeStorage.isAsyncEncryptionAvailable())) return 'unavailable'
    const isPlain = platform === 'linux' && plainBackends.includes(safeStorage.getSelectedStorageBackend())
    return isPlain ? 'plain-text' : null
  },
  wrap: (text) => safeStorage.encryptStringAsync(text),
  unwrap: async (wrapped) => (await safeStorage.decryptStringAsync(Buffer.from(wrapped))).result,
})
