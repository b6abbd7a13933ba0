import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { SourceFile } from './source-rules.ts'

const skippedFolders = new Set([
  '.git',
  '.cache',
  'node_modules',
  'dist',
  'test-results',
  'playwright-report',
  'violations',
])
const textFile = /\.(tsx?|mjs|cjs|js|json|css|html|md|yml|yaml|txt|svg|pem|key|csv|sh)$|^[^.]+$|^\.[^.]+$/

/** Every text file of the tree under `root`, without what is installed, built or deliberately wrong. */
export function* sourceTree(root: string, folder = ''): Generator<SourceFile> {
  for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`
    if (entry.isDirectory()) {
      if (!skippedFolders.has(entry.name)) yield* sourceTree(root, path)
    } else if (entry.isFile() && textFile.test(entry.name)) {
      yield { path, text: readFileSync(join(root, path), 'utf8') }
    }
  }
}
