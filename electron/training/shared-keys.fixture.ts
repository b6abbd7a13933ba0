import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after } from 'node:test'
import { openTrainingKeys } from './authority.ts'

// Training keys take seconds to make: once for a run of all tests, or for a file that is run alone.
const ofThisRun = process.env.SCANTILL_TEST_TRAINING
const shared = ofThisRun ?? mkdtempSync(join(tmpdir(), 'till-shared-'))
if (ofThisRun === undefined) after(() => rmSync(shared, { recursive: true, force: true }))
await openTrainingKeys(shared, Date.now())

/** Puts the run's training keys into a data folder, whose till then makes none of its own. */
export const copyTrainingKeys = (dataDirectory: string): void =>
  cpSync(join(shared, 'training'), join(dataDirectory, 'training'), { recursive: true })
