import { join } from 'node:path'
import { app, dialog } from 'electron'
import { onBug } from './hosts/bug.ts'
import { runElectronTill } from './hosts/electron/run-electron-till.ts'
import { surroundings } from './hosts/options.ts'

const report = (line: string): void => void process.stderr.write(`${line}\n`)

// Electron's own box would show the error's text.
onBug((sentence) => {
  report(sentence)
  dialog.showErrorBox('Scantill 码上收', sentence)
  app.exit(4)
})

// Electron's way in; bundled to dist/electron/main.js. Nothing is awaited here: Electron is ready after this file only.
void runElectronTill({
  // Loaded late, so that a runtime without node:sqlite can be told in words.
  openTill: async (options) => (await import('./open-till.ts')).openTill(options),
  rendererDirectory: join(import.meta.dirname, '..', 'renderer'),
  preloadFile: join(import.meta.dirname, 'preload.cjs'),
  args: process.argv.slice(1),
  machine: surroundings(),
  report,
})
