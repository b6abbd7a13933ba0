// `npm run test:e2e [-- ARGUMENT…]`: the counter stories in a browser. No story at all is a failure.
import { spawn } from 'node:child_process'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { projectRoot } from './steps/step.ts'
import { playwrightCounts } from './steps/test-counts.ts'

const report = join(projectRoot, 'test-results', 'stories.json')
rmSync(report, { force: true })

const code = await new Promise<number>((resolve, reject) => {
  const playwright = join(projectRoot, 'node_modules/@playwright/test/cli.js')
  const child = spawn(process.execPath, [playwright, 'test', ...process.argv.slice(2)], {
    cwd: projectRoot,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, PLAYWRIGHT_JSON_OUTPUT_FILE: report },
  })
  child.once('error', reject)
  child.once('close', (status) => resolve(status ?? 1))
})

const counts = existsSync(report) ? playwrightCounts(readFileSync(report, 'utf8')) : undefined
const { tests, passed, failed, skipped } = counts ?? { tests: 0, passed: 0, failed: 0, skipped: 0 }
console.log(`stories: ${tests} run: ${passed} passed, ${failed} failed, ${skipped} skipped`)
if (passed === 0) console.log('stories: none ran')
process.exitCode = code !== 0 ? code : passed === 0 || failed > 0 ? 1 : 0
