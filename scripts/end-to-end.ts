// `npm run test:e2e [-- ARGUMENT…]`: the counter stories in a browser. No story at all is a failure.
import { spawn } from 'node:child_process'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { projectRoot } from './steps/step.ts'
import { playwrightCounts, storiesOfDeadProcesses, sumOf, type TestCounts } from './steps/test-counts.ts'

const reportFile = join(projectRoot, 'test-results', 'stories.json')

/** Runs Playwright; its exit code, and its report where it wrote one. */
async function play(words: readonly string[]): Promise<{ readonly code: number; readonly report: string | null }> {
  rmSync(reportFile, { force: true })
  const code = await new Promise<number>((resolve, reject) => {
    const playwright = join(projectRoot, 'node_modules/@playwright/test/cli.js')
    const child = spawn(process.execPath, [playwright, 'test', ...words], {
      cwd: projectRoot,
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, PLAYWRIGHT_JSON_OUTPUT_FILE: reportFile },
    })
    child.once('error', reject)
    child.once('close', (status) => resolve(status ?? 1))
  })
  return { code, report: existsSync(reportFile) ? readFileSync(reportFile, 'utf8') : null }
}

const none: TestCounts = { tests: 0, passed: 0, failed: 0, skipped: 0 }
const countsIn = (report: string | null): TestCounts => (report === null ? none : (playwrightCounts(report) ?? none))

let { code, report } = await play(process.argv.slice(2))
let counts = countsIn(report)
// A process that Node's own fatal error ended took its story along, which is no word about the till: it is told once more.
const lost = report === null ? [] : storiesOfDeadProcesses(report)
if (lost.length > 0 && lost.length === counts.failed) {
  console.log(`stories: told once more, because Node itself ended under them: ${lost.join(', ')}`)
  const { tests, passed, skipped } = counts
  ;({ code, report } = await play(lost))
  counts = sumOf([{ tests: tests - lost.length, passed, failed: 0, skipped }, countsIn(report)])
}
const { tests, passed, failed, skipped } = counts
console.log(`stories: ${tests} run: ${passed} passed, ${failed} failed, ${skipped} skipped`)
if (passed === 0) console.log('stories: none ran')
process.exitCode = code !== 0 ? code : passed === 0 || failed > 0 ? 1 : 0
