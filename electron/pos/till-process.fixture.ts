// A till of its own process, for tests that kill it: `node till-process.fixture.ts DATA`. It says when it listens.
import assert from 'node:assert/strict'
import { openTill } from '../open-till.ts'

const dataDirectory = process.argv[2] ?? assert.fail('a data folder is missing')
const opened = await openTill({ dataDirectory, configFile: null, host: 'browser' })
assert.ok(opened.ok)
process.stdout.write('open\n')
