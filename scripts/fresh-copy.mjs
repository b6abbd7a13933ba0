// `node scripts/fresh-copy.mjs`: what a newcomer does. Copies the tree without anything installed or built to a
// temporary folder and runs `npm start` alone there: it must install itself, open the till and show its page; then a
// payment on the command line, and an orderly stop. Plain JavaScript: the system's Node runs it.
import { execFileSync, spawn } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const place = mkdtempSync(join(tmpdir(), 'scantill-fresh-'))
const copy = join(place, 'scantill')
const openingLimitMs = 6 * 60_000
const stoppingLimitMs = 30_000

// As on a machine that never saw the project: none of this checkout's programs, no display, data of its own.
const ownPath = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => !folder.includes('node_modules'))
const environment = { ...process.env, PATH: ownPath.join(delimiter), SCANTILL_DATA: join(place, 'data') }
for (const name of Object.keys(environment)) {
  if (/^(npm_|DISPLAY$|WAYLAND_DISPLAY$|INIT_CWD$)/i.test(name)) Reflect.deleteProperty(environment, name)
}

/** @param {boolean} truth @param {string} what */
function must(truth, what) {
  if (!truth) throw new Error(what)
  console.log(`✔ ${what}`)
}

function makeCopy() {
  const listed = ['ls-files', '-z', '--cached', '--others', '--exclude-standard', '--deduplicate']
  const gone = new Set(
    execFileSync('git', ['ls-files', '-z', '--deleted'], { cwd: root, encoding: 'utf8' }).split('\0'),
  )
  const files = execFileSync('git', listed, { cwd: root, encoding: 'utf8' }).split('\0')
  for (const file of files) {
    if (file === '' || gone.has(file)) continue
    mkdirSync(dirname(join(copy, file)), { recursive: true })
    cpSync(join(root, file), join(copy, file))
  }
}

/**
 * Starts the till with one command and waits for the address that it prints where there is no display.
 *
 * @returns {Promise<{ address: string, printed: () => string, stop: () => Promise<boolean> }>} `stop` tells whether it
 *   ended by itself
 */
function start() {
  // A group of its own, so that everything it started can be told to stop at once, as a terminal does.
  const child = spawn('npm', ['start'], {
    cwd: copy,
    env: environment,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  /** @param {NodeJS.Signals} name */
  const signal = (name) => {
    if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, name)
  }
  /** @type {Promise<void>} */
  const ended = new Promise((resolve) => child.once('close', () => resolve()))
  const stop = async () => {
    let forced = false
    const limit = setTimeout(() => {
      forced = true
      signal('SIGKILL')
    }, stoppingLimitMs)
    signal('SIGINT')
    await ended
    clearTimeout(limit)
    return !forced
  }
  return new Promise((resolve, reject) => {
    let output = ''
    const limit = setTimeout(() => {
      signal('SIGKILL')
      reject(new Error(`npm start printed no address within ${openingLimitMs / 60_000} minutes:\n${output}`))
    }, openingLimitMs)
    /** @param {Buffer} chunk */
    const hear = (chunk) => {
      process.stdout.write(chunk)
      output += chunk.toString('utf8')
      const address = /http:\/\/127\.0\.0\.1:\d+\/\S*/.exec(output)?.[0]
      if (address === undefined) return
      clearTimeout(limit)
      resolve({ address, printed: () => output, stop })
    }
    child.stdout.on('data', hear)
    child.stderr.on('data', hear)
    child.once('close', (code) => {
      clearTimeout(limit)
      reject(new Error(`npm start ended with ${code} before it printed an address`))
    })
    child.once('error', reject)
  })
}

/**
 * Whether the README shows what was printed; `…` there stands for anything.
 *
 * @param {string} printed
 */
function isAsShown(printed) {
  const readme = readFileSync(join(copy, 'README.md'), 'utf8')
  const [, shown] = /<!-- shown by a fresh copy -->\n```sh\nnpm start\n```\n```text\n([^`]+)\n```/.exec(readme) ?? []
  if (shown === undefined) return false
  const lines = printed.split('\n')
  return shown.split('\n').every((line) => lines.some((each) => each.startsWith(line.replace(/…$/, ''))))
}

/** @param {string} address the one-time address */
async function lookAt(address) {
  const entry = await fetch(address, { redirect: 'manual' })
  const cookie = entry.headers.getSetCookie().map((text) => text.split(';', 1)[0])
  const page = await fetch(new URL('/', address), { headers: { cookie: cookie.join('; ') } })
  must(page.status === 200 && /<html/i.test(await page.text()), 'the page of the till is there')
}

/**
 * @param {readonly string[]} words the command
 * @param {string} [input]
 */
function till(words, input = '') {
  const text = execFileSync('npm', ['run', '-s', 'till', '--', ...words, '--json', '--data', join(place, 'counter')], {
    cwd: copy,
    env: environment,
    input: `${input}\n`,
    encoding: 'utf8',
  })
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
}

function takePayments() {
  const codes = till(['train', '--list'])
  for (const wallet of ['wechat', 'alipay']) {
    const { code } = codes.find((line) => line.wallet === wallet && line.story === 'pays-at-once')
    const result = till(['pay', '--amount', '12.34'], code).at(-1)
    must(result.status === 'paid' && result.amountFen === 1234, `${wallet}: a payment on the command line is paid`)
  }
}

try {
  makeCopy()
  const startedMs = performance.now()
  const { address, printed, stop } = await start()
  try {
    must(true, `npm start alone opened the till, ${Math.round((performance.now() - startedMs) / 1000)} s`)
    await lookAt(address)
    takePayments()
    must(isAsShown(printed()), 'npm start prints what the README shows')
  } finally {
    must(await stop(), 'the till stopped when told to')
  }
} finally {
  rmSync(place, { recursive: true, force: true })
}
