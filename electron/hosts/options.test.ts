import assert from 'node:assert/strict'
import { join, resolve } from 'node:path'
import { test } from 'node:test'
import { defaultDataDirectory, readStartOptions, type Surroundings } from './options.ts'

const linux: Surroundings = { platform: 'linux', environment: {}, homeDirectory: '/home/mei' }

test('the data folder of a user who named none', () => {
  assert.equal(defaultDataDirectory(linux), join('/home/mei', '.local', 'share', 'scantill'))
  assert.equal(defaultDataDirectory({ ...linux, environment: { XDG_DATA_HOME: '/data' } }), join('/data', 'scantill'))
  assert.equal(
    defaultDataDirectory({ ...linux, platform: 'darwin' }),
    join('/home/mei', 'Library', 'Application Support', 'Scantill'),
  )
  assert.equal(
    defaultDataDirectory({ ...linux, platform: 'win32', environment: { APPDATA: '/roaming' } }),
    join('/roaming', 'Scantill'),
  )
})

test('an argument goes before the environment, and the environment before the default', () => {
  const machine = { ...linux, environment: { SCANTILL_DATA: '/from/environment' } }
  const data = (args: readonly string[], at: Surroundings): string => {
    const reading = readStartOptions(args, { strict: true, machine: at })
    assert.ok(reading.ok)
    return reading.options.dataDirectory
  }
  assert.equal(data(['--data', '/from/argument'], machine), resolve('/from/argument'))
  assert.equal(data(['--data=/from/argument'], machine), resolve('/from/argument'))
  assert.equal(data([], machine), resolve('/from/environment'))
  assert.equal(data([], linux), defaultDataDirectory(linux))
  assert.equal(data(['--data', 'till data'], linux), resolve('till data'))
})

test('the configuration is in the data folder unless it is named', () => {
  const config = (args: readonly string[]): string | null => {
    const reading = readStartOptions(args, { strict: true, machine: linux })
    assert.ok(reading.ok)
    return reading.options.configFile
  }
  assert.equal(config([]), null)
  assert.equal(config(['--config', 'shop.json']), resolve('shop.json'))
})

test('a usage error is told', () => {
  for (const args of [['--dta', 'x'], ['pay'], ['--data'], ['--data', ''], ['--config=']]) {
    const reading = readStartOptions(args, { strict: true, machine: linux })
    assert.ok(!reading.ok, args.join(' '))
    assert.match(reading.problem, /--data|--config/)
  }
})

test("Chromium's switches and the application's path are passed over where they belong", () => {
  const args = ['--no-sandbox', '/opt/scantill', '--lang=zh-CN', '--data', '/till', '--inspect']
  assert.deepEqual(readStartOptions(args, { strict: false, machine: linux }), {
    ok: true,
    options: { dataDirectory: resolve('/till'), configFile: null },
  })
  assert.ok(!readStartOptions(['--data'], { strict: false, machine: linux }).ok)
})
