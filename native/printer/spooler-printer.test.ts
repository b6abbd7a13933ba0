import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createVirtualTime } from '../scanner/device/virtual-time.fixture.ts'
import { cupsSpooler } from './binding/cups-spooler.ts'
import type { CommandEnd, SystemCommand } from './binding/run-command.ts'
import type { Spooler } from './binding/spooler.ts'
import { windowsSpooler } from './binding/windows-spooler.ts'
import { forEver, receipt } from './line-printer.fixture.ts'
import { genericProfile } from './printer-profile.ts'
import { openSpoolerPrinter } from './spooler-printer.ts'

const said = (stdout: string, exit = 0, stderr = ''): CommandEnd => ({ kind: 'ended', exit, stdout, stderr })

/** What CUPS 2.4 writes, cut to the lines that are read. */
const idle = (alerts = 'none'): string =>
  `printer counter is idle.  enabled since Mon Nov 30 20:04:00 2026\n\tDescription: counter\n\tAlerts: ${alerts}\n` +
  'counter accepting requests since Mon Nov 30 20:04:00 2026\n'
const stopped =
  'printer counter disabled since Mon Nov 30 20:03:59 2026 -\n\treason unknown\n\tAlerts: none\n' +
  'counter accepting requests since Mon Nov 30 20:03:59 2026\n'

/** A spooler whose programs answer from a table, by program and first parameter; every call is kept. */
function spoolerOfTest(make: (run: (command: SystemCommand) => Promise<CommandEnd>) => Spooler, queue = 'counter') {
  const commands: SystemCommand[] = []
  const answers = new Map<string, CommandEnd>()
  const { time, pass, settle } = createVirtualTime()
  const spooler = make(async (command) => {
    commands.push(command)
    const action = command.environment?.['SCANTILL_ACTION'] ?? command.parameters[0]
    const answer = answers.get(`${command.program} ${action}`) ?? answers.get(command.program)
    if (answer?.kind !== 'not-started') command.onInput?.()
    return answer ?? { kind: 'not-started', detail: 'no such program' }
  })
  const printer = openSpoolerPrinter({ spooler, queue, profile: genericProfile, time })
  const print = async () => {
    let isOver = false
    let mayHaveLeft = false
    const printing = printer.print(receipt('one'), forEver, () => {
      mayHaveLeft = true
    })
    void printing.finally(() => {
      isOver = true
    })
    await settle()
    while (!isOver) await pass(250)
    const outcome = await printing
    assert.equal(mayHaveLeft, outcome.kind !== 'not-sent')
    return outcome
  }
  return { answers, commands, printer, print, spooler }
}

test('CUPS: the bytes go to lp as they are, by a list of parameters, and nobody claims that they are on paper', async () => {
  const { answers, commands, print } = spoolerOfTest(cupsSpooler)
  answers.set('lpstat -l', said(idle()))
  answers.set('lp', said('request id is counter-7 (0 file(s))\n'))
  answers.set('lpstat -W', said(''))
  const condition = { kind: 'silent' }
  assert.deepEqual(await print(), { kind: 'unconfirmed', bytesSent: receipt('one').length, condition })
  const lp = commands.find(({ program }) => program === 'lp')
  assert.deepEqual(lp?.parameters, ['-d', 'counter', '-o', 'raw', '-t', 'scantill'])
  assert.deepEqual(lp?.input, receipt('one'))
})

test('CUPS: a job that stays in the queue is taken back, so that it does not come out later', async () => {
  const { answers, commands, print } = spoolerOfTest(cupsSpooler)
  answers.set('lpstat -l', said(idle()))
  answers.set('lp', said('request id is counter-7 (0 file(s))\n'))
  answers.set('lpstat -W', said('counter-7   root   1024   Mon Nov 30 20:04:02 2026\n'))
  answers.set('cancel', said(''))
  const outcome = await print()
  assert.ok(outcome.kind === 'unconfirmed')
  assert.deepEqual(outcome.condition, { kind: 'busy', cause: 'working' })
  assert.deepEqual(commands.find(({ program }) => program === 'cancel')?.parameters, ['counter-7'])
})

for (const [what, answer, scheduler, condition] of [
  ['a stopped queue', said(stopped), '', { kind: 'offline', cause: 'queue-stopped' }],
  ['paper that is out', said(idle('media-empty-error')), '', { kind: 'paper-out' }],
  ['an open cover', said(idle('media-low-report cover-open-warning')), '', { kind: 'cover-open' }],
  ['no such queue', said('', 1, 'lpstat: Invalid'), 'scheduler is running', { kind: 'offline', cause: 'absent' }],
  [
    'no scheduler',
    said('', 1, 'lpstat: Invalid'),
    'scheduler is not running',
    { kind: 'offline', cause: 'no-spooler' },
  ],
  ['no CUPS', { kind: 'not-started', detail: 'ENOENT' }, '', { kind: 'offline', cause: 'no-spooler' }],
] as const) {
  test(`CUPS: ${what} holds the job back`, async () => {
    const { answers, commands, print } = spoolerOfTest(cupsSpooler)
    answers.set('lpstat -l', answer)
    answers.set('lpstat -r', said(scheduler))
    const outcome = await print()
    assert.ok(outcome.kind === 'not-sent')
    const { detail: _words, ...told } = { detail: '', ...outcome.condition }
    assert.deepEqual(told, condition)
    assert.ok(!commands.some(({ program }) => program === 'lp'))
  })
}

test('CUPS: little paper does not hold a job back', async () => {
  const { answers, printer } = spoolerOfTest(cupsSpooler)
  answers.set('lpstat -l', said(idle('media-low-report')))
  assert.deepEqual(await printer.condition(forEver), { kind: 'ready', paperLow: true })
})

test('CUPS: a name that no queue has reaches no program', async () => {
  for (const queue of ['-d', 'a,b', 'a b', 'a\nb', 'a/b']) {
    const { commands, print } = spoolerOfTest(cupsSpooler, queue)
    assert.equal((await print()).kind, 'not-sent')
    assert.equal(commands.length, 0)
  }
})

test('a program that was killed may have handed the job over', async () => {
  const { answers, print } = spoolerOfTest(cupsSpooler)
  answers.set('lpstat -l', said(idle()))
  answers.set('lp', { kind: 'stopped', detail: 'stopped by SIGKILL' })
  const outcome = await print()
  assert.ok(outcome.kind === 'unconfirmed' && outcome.bytesSent === receipt('one').length)
})

test('Windows: queue and bytes reach the one program by environment and standard input, never in its text', async () => {
  const queue = '小票"; Remove-Item C:\\ -Recurse #'
  const { answers, commands, print } = spoolerOfTest(windowsSpooler, queue)
  answers.set('powershell.exe state', said('state 64 0\r\n'))
  answers.set('powershell.exe submit', said('accepted 12\r\n'))
  answers.set('powershell.exe job', said('gone\r\n'))
  assert.deepEqual(await print(), {
    kind: 'unconfirmed',
    bytesSent: receipt('one').length,
    condition: { kind: 'silent' },
  })
  assert.equal(new Set(commands.map(({ parameters }) => parameters.join(' '))).size, 1)
  for (const { environment, parameters } of commands) {
    assert.equal(environment?.['SCANTILL_QUEUE'], queue)
    const program = Buffer.from(parameters.at(-1) ?? '', 'base64').toString('utf16le')
    assert.match(program, /OpenPrinterW/)
    assert.ok(!program.includes('小票'))
  }
  assert.deepEqual(commands.find(({ input }) => input)?.input, receipt('one'))
})

for (const [what, line, condition] of [
  ['an unplugged USB printer', 'state 1088 0', { kind: 'offline', cause: 'queue-stopped' }],
  ['a paused queue', 'state 64 1', { kind: 'offline', cause: 'queue-stopped' }],
  ['paper that is out', 'state 64 16', { kind: 'paper-out' }],
  ['an open cover', 'state 64 4194304', { kind: 'cover-open' }],
  ['no such queue', 'absent 1801 The printer name is invalid', { kind: 'offline', cause: 'absent' }],
  ['words that nobody knows', 'Add-Type : Access denied', { kind: 'offline', cause: 'failed' }],
] as const) {
  test(`Windows: ${what} holds the job back`, async () => {
    const { answers, print } = spoolerOfTest(windowsSpooler)
    answers.set('powershell.exe state', said(`${line}\r\n`))
    const outcome = await print()
    assert.ok(outcome.kind === 'not-sent')
    const { detail: _words, ...told } = { detail: '', ...outcome.condition }
    assert.deepEqual(told, condition)
  })
}

test('both list the queues that there are', async () => {
  const cups = spoolerOfTest(cupsSpooler)
  cups.answers.set('lpstat -e', said('counter\nkitchen\n'))
  assert.deepEqual(await cups.spooler.queues(forEver), { ok: true, queues: ['counter', 'kitchen'] })
  const windows = spoolerOfTest(windowsSpooler)
  windows.answers.set('powershell.exe queues', said('queue 小票机\r\nqueue \\\\server\\label\r\n'))
  assert.deepEqual(await windows.spooler.queues(forEver), { ok: true, queues: ['小票机', '\\\\server\\label'] })
})
