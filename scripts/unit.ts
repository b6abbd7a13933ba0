// `npm run test:unit [-- PATH…]`: the tests that stand beside the code, all of them or those under the paths given;
// `--later` only those that can wait for a free processor, `--now` only the others. No test at all is a failure.
import { spawn } from 'node:child_process'
import { globSync, mkdtempSync, rmSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { openTrainingKeys } from '../electron/training/authority.ts'
import { build } from './build.ts'
import { projectRoot } from './steps/step.ts'
import { countsOf, filesEndedByTrap, sumOf, type TestCounts } from './steps/test-counts.ts'

/** Folders whose tests touch nothing but values: they share one process, which is some ten times as fast. */
const pureFolders = ['electron/till/', 'electron/channels/', 'electron/runner/', 'renderer/']

const testFiles = (paths: readonly string[]): readonly string[] =>
  globSync('{electron,native,renderer,scripts,bench}/**/*.test.ts', {
    cwd: projectRoot,
    exclude: ['scripts/rules/violations/**'],
  })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => paths.length === 0 || paths.some((wanted) => path.startsWith(wanted.replace(/^\.\//, ''))))
    .sort()

/**
 * Runs the files and shows what fails. Those whose process was ended by Node's own fatal error, which says nothing about
 * them, are run once more.
 */
async function run(files: readonly string[], isolation: 'none' | 'process'): Promise<TestCounts> {
  const { counts, lost } = await runOnce(files, isolation)
  if (lost.length === 0 || lost.length !== counts.failed) return counts
  console.log(`unit: run once more, because Node itself ended under them: ${lost.join(', ')}`)
  const { tests, passed, skipped } = counts
  return sumOf([{ tests: tests - lost.length, passed, failed: 0, skipped }, (await runOnce(lost, isolation)).counts])
}

type Run = { readonly counts: TestCounts; readonly lost: readonly string[] }

/** Runs the files in one runner. */
function runOnce(files: readonly string[], isolation: 'none' | 'process'): Promise<Run> {
  if (files.length === 0) return Promise.resolve({ counts: sumOf([]), lost: [] })
  return new Promise((resolve, reject) => {
    const child = spawn(
      process.execPath,
      [
        '--test',
        `--test-isolation=${isolation}`,
        // One more than there are cores: some files mostly wait for the processes that they start.
        ...(isolation === 'process' ? [`--test-concurrency=${availableParallelism() + 1}`] : []),
        // A URL, because a Windows path is no module name.
        `--test-reporter=${new URL('./failures-only.ts', import.meta.url).href}`,
        ...files.map((file) => join(projectRoot, file)),
      ],
      {
        cwd: projectRoot,
        stdio: ['ignore', 'pipe', 'inherit'],
        env: {
          ...process.env,
          TZ: 'UTC',
          NODE_COMPILE_CACHE: join(projectRoot, '.cache/compiled'),
          SCANTILL_TEST_TRAINING: training,
          ...(process.stdout.isTTY ? { FORCE_COLOR: '1' } : {}),
        },
      },
    )
    let output = ''
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString('utf8')
      process.stdout.write(chunk)
    })
    child.once('error', reject)
    child.once('close', (code) => {
      const counts = countsOf(output)
      const isPlain = counts !== undefined && (code === 0) === (counts.failed === 0)
      if (isPlain) resolve({ counts, lost: filesEndedByTrap(output).map((file) => relative(projectRoot, file)) })
      else resolve({ counts: { ...(counts ?? sumOf([])), failed: Math.max(1, counts?.failed ?? 1) }, lost: [] })
    })
  })
}

const words = process.argv.slice(2)
const isPure = (path: string): boolean => pureFolders.some((folder) => path.startsWith(folder))
/** The tests to which time does not matter: the simulated world has a clock of its own. */
const mayWait = (path: string): boolean => isPure(path) || path.startsWith('electron/simulation/')
const isWanted = (path: string): boolean => !words.includes(mayWait(path) ? '--now' : '--later')
const files = testFiles(words.filter((word) => !word.startsWith('--'))).filter(isWanted)
/** Tests that start the command line as it is installed. */
const startsTill = (path: string): boolean => path.startsWith('electron/cli/') || path.startsWith('scripts/')
const training = mkdtempSync(join(tmpdir(), 'scantill-tests-'))
process.on('exit', () => rmSync(training, { recursive: true, force: true }))
if (files.some(startsTill)) await build({ targets: ['cli'] })
// Keys are made at test time, once for all files of a run: two that made them in one folder would take them from each other.
if (
  files.some((path) => startsTill(path) || path.startsWith('electron/assembly/') || path.startsWith('electron/pos/'))
) {
  await openTrainingKeys(training, Date.now())
}
// Side by side: the one process of the pure folders keeps a core busy while the others mostly wait for processes.
const [pure, rest] = await Promise.all([
  run(files.filter(isPure), 'none'),
  run(
    files.filter((path) => !isPure(path)),
    'process',
  ),
])
const { tests, passed, failed, skipped } = sumOf([pure, rest])
console.log(`unit: ${files.length} files, ${tests} tests: ${passed} passed, ${failed} failed, ${skipped} skipped`)
if (passed === 0 || failed > 0) {
  if (tests === 0) console.log('unit: no test ran')
  process.exitCode = 1
}
