// breach: only-the-electron-host-imports-electron
export { app } from 'electron'
