import assert from 'node:assert/strict'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { test } from 'node:test'
import { flipByteOf } from '../ledger/fixtures/spoilt-ledger.ts'
import { prepareJournal } from '../ledger/journal.ts'
import { assertNoCodes, assertWhole, pay, practiceCode, runTill, trainingFolder } from './till-process.fixture.ts'

test('a till whose ledger is damaged says so, offers the last good backup, and goes on after the restore', async (context) => {
  const data = trainingFolder(context)
  const first = await pay(context, data, practiceCode('wechat', 'pays-at-once'))
  assert.equal(first.last?.status, 'paid')
  const made = await runTill(context, ['backup'], { data })
  assert.equal(made.exit, 0, made.stderr)
  const name = String(made.last?.name)
  const second = await pay(context, data, practiceCode('alipay', 'pays-at-once'), '--sale', 'second')
  assert.equal(second.last?.status, 'paid')
  const listed = await runTill(context, ['backups', '--verify'], { data })
  assert.deepEqual(
    listed.lines.map(({ name: each, verdict }) => [each, verdict]),
    [[name, 'good']],
  )

  flipByteOf(join(data, 'ledger.sqlite'), 3)
  const refused = await pay(context, data, practiceCode('wechat', 'pays-at-once'), '--sale', 'third')
  assert.equal(refused.exit, 4)
  assert.match(refused.stderr, /chain-broken.*event 3.*left as it is.*no payment was started/s)
  assert.ok(refused.stderr.includes(`till restore --backup ${name}`), refused.stderr)

  const restored = await runTill(context, ['restore', '--backup', name], { data })
  assert.equal(restored.exit, 0, restored.stderr)
  assert.deepEqual(restored.last?.salvagedOrders, [second.last?.orderNumber])
  assert.ok(existsSync(join(String(restored.last?.setAside), 'ledger.sqlite')))
  await assertWhole(data)
  const recovered = await runTill(context, ['recover', '--for', '5'], { data })
  assert.equal(recovered.exit, 0, recovered.stderr)
  const third = await pay(context, data, practiceCode('wechat', 'pays-at-once'), '--sale', 'third')
  assert.equal(third.last?.status, 'paid')
  const numbers = [first, second, third].map(({ last }) => String(last?.orderNumber))
  assert.equal(new Set(numbers).size, 3)
  const marks = numbers.map((orderNumber) => orderNumber.slice(-10, -6))
  assert.ok(marks[0] === marks[1] && marks[1] !== marks[2], marks.join())
  assertNoCodes(data)
})

test('orders that cannot be brought over are named, and the command ends 3', async (context) => {
  const data = trainingFolder(context)
  await pay(context, data, practiceCode('wechat', 'pays-at-once'))
  const { last } = await runTill(context, ['backup'], { data })
  const lost = await pay(context, data, practiceCode('alipay', 'pays-at-once'), '--sale', 'second')
  flipByteOf(join(data, 'ledger.sqlite'), Number(last?.events) + 1)
  const restored = await runTill(context, ['restore', '--backup', String(last?.name)], { data })
  assert.equal(restored.exit, 3)
  assert.deepEqual(restored.last?.lostOrders, [lost.last?.orderNumber])
})

test('a ledger that was deleted is not begun anew in silence while backups are there', async (context) => {
  const data = trainingFolder(context)
  await pay(context, data, practiceCode('wechat', 'pays-at-once'))
  const { last } = await runTill(context, ['backup'], { data })
  rmSync(join(data, 'ledger.sqlite'))
  const refused = await pay(context, data, practiceCode('wechat', 'pays-at-once'))
  assert.equal(refused.exit, 4)
  assert.match(refused.stderr, /missing/)
  assert.equal(existsSync(join(data, 'ledger.sqlite')), false)
  const restored = await runTill(context, ['restore', '--backup', String(last?.name)], { data })
  assert.equal(restored.exit, 0, restored.stderr)
  await assertWhole(data)
})

test('what cannot be backed up or restored is said, and changes nothing', async (context) => {
  const data = trainingFolder(context)
  const nothing = await runTill(context, ['backup'], { data })
  assert.equal(nothing.exit, 2)
  assert.match(nothing.stderr, /no ledger/)
  const none = await runTill(context, ['backups'], { data })
  assert.deepEqual([none.exit, none.lines.length], [0, 0])
  for (const name of ['../config', 'backup-000009-20260101-0000-start']) {
    const refused = await runTill(context, ['restore', '--backup', name], { data })
    assert.equal(refused.exit, 2, name)
  }
  await pay(context, data, practiceCode('wechat', 'pays-at-once'))
  const { last } = await runTill(context, ['backup'], { data })
  truncateSync(join(data, 'backups', `${last?.name}.sqlite`), 8_192)
  const changed = await runTill(context, ['backups'], { data })
  assert.equal(changed.lines[0]?.verdict, 'changed')
  const refused = await runTill(context, ['restore', '--backup', String(last?.name)], { data })
  assert.equal(refused.exit, 4)
  assert.match(refused.stderr, /does not verify.*Nothing was changed/s)
  await assertWhole(data)
})

test('projections that are gone are offered a rebuild, which loses nothing', async (context) => {
  const data = trainingFolder(context)
  const paid = await pay(context, data, practiceCode('wechat', 'pays-at-once'))
  const db = new DatabaseSync(join(data, 'ledger.sqlite'))
  db.exec('PRAGMA foreign_keys = OFF; DROP TABLE orders; DROP TABLE ledger_run')
  db.close()
  const refused = await runTill(context, ['recover', '--for', '1'], { data })
  assert.equal(refused.exit, 4)
  assert.match(refused.stderr, /projection-missing.*Nothing is lost.*till verify --rebuild/s)
  const rebuilt = await runTill(context, ['verify', '--rebuild'], { data })
  assert.equal(rebuilt.exit, 0, rebuilt.stderr)
  const shown = await runTill(context, ['orders'], { data })
  assert.deepEqual(
    shown.lines.map(({ orderNumber, status }) => [orderNumber, status]),
    [[paid.last?.orderNumber, 'paid']],
  )
  const next = await pay(context, data, practiceCode('wechat', 'pays-at-once'), '--sale', 'next')
  assert.equal(String(next.last?.orderNumber).slice(-10, -6), String(paid.last?.orderNumber).slice(-10, -6))
})

test('doctor tells how old the last good backup is', async (context) => {
  const data = trainingFolder(context)
  await pay(context, data, practiceCode('wechat', 'pays-at-once'))
  const backupLine = async () => {
    const { lines } = await runTill(context, ['doctor'], { data })
    return lines.find(({ check }) => check === 'backup')
  }
  assert.equal((await backupLine())?.verdict, 'warning')
  const { last } = await runTill(context, ['backup'], { data })
  assert.equal((await backupLine())?.verdict, 'ok')
  const folder = join(data, 'backups')
  mkdirSync(folder, { recursive: true })
  const [manifestName] = readdirSync(folder).filter((file) => file.endsWith('.json'))
  const path = join(folder, manifestName ?? '')
  const manifest = JSON.parse(readFileSync(path, 'utf8')) as { madeWallMs: number }
  writeFileSync(path, JSON.stringify({ ...manifest, madeWallMs: manifest.madeWallMs - 49 * 3_600_000 }))
  const old = await backupLine()
  assert.equal(old?.verdict, 'trouble')
  assert.ok(String(old?.detail).includes(String(last?.name)))
})

test('a record that cannot be read is named by orders and show, and hides nothing', async (context) => {
  const data = trainingFolder(context)
  const paid = await pay(context, data, practiceCode('wechat', 'pays-at-once'))
  const orderNumber = String(paid.last?.orderNumber)
  const db = new DatabaseSync(join(data, 'ledger.sqlite'))
  const state = db.prepare('SELECT head_sequence AS sequence, head_hash AS hash FROM ledger_state').get()
  const journal = prepareJournal(db, { sequence: Number(state?.sequence), hash: String(state?.hash) })
  const fact = { wallMs: Date.now(), subject: 'order', subjectId: orderNumber, type: 'praised', payload: '{' } as const
  const sequence = journal.append(fact)
  db.prepare('UPDATE ledger_state SET head_sequence = ?, head_hash = ?').run(sequence, journal.head().hash)
  db.close()
  const listed = await runTill(context, ['orders'], { data })
  assert.deepEqual([listed.exit, listed.lines.length], [0, 1])
  assert.ok(listed.stderr.includes(`unreadable record kept: sequence ${sequence}`), listed.stderr)
  const shown = await runTill(context, ['show', '--order', orderNumber], { data })
  assert.equal(shown.exit, 0)
  assert.deepEqual([shown.last?.sequence, shown.last?.data], [sequence, '{'])
  assert.ok(shown.last?.unreadable)
  assert.match(shown.stderr, /unreadable record kept/)
  const next = await pay(context, data, practiceCode('wechat', 'pays-at-once'), '--sale', 'next')
  assert.equal(next.last?.status, 'paid', next.stderr)
})
