import { existsSync } from 'node:fs'
import { mkdir, statfs, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Calls, Readiness, SupportFileResult, SystemState } from '../api/contract.ts'
import { desktopKeyFileName } from '../settings/sealed/desktop-key.ts'
import { sealedFileName } from '../settings/sealed/secret-store.ts'
import { shanghaiCompact } from '../till/time.ts'
import type { AssembledTill } from './assemble.ts'
import { orderView } from './order-view.ts'
import { permission } from './permission.ts'
import { configurationText, logTexts, type SupportText, supportArchive, versionsText } from './support-archive.ts'
import { systemClock } from './system-time.ts'
import { version } from './version.ts'

type SystemCall = Extract<keyof Calls, `system.${string}`>
type SystemHandlers = {
  readonly [Name in SystemCall]: (request: Calls[Name]['request']) => Promise<Calls[Name]['reply']>
}

type SystemTill = Pick<AssembledTill, 'dataDirectory' | 'runner' | 'settings' | 'staff' | 'signIn'>

/** Less than this and the till should be looked at before the shop opens. */
export const freeBytesWarning = 512 * 1024 * 1024

/** The contract's calls about the program and its machine. `readiness` is what the till says of itself now. */
export function systemCalls(till: SystemTill, readiness: () => Readiness): SystemHandlers {
  return {
    'system.state': () => systemState(till),
    'system.support-file': async ({ manager }): Promise<SupportFileResult> => {
      const allowed = await permission(till, { act: 'make-support-file', reason: 'support file' }, manager)
      if (allowed.kind === 'refused') return allowed.refusal
      const path = join(till.dataDirectory, 'support', `support-${shanghaiCompact(systemClock.now().wallMs)}.zip`)
      const archive = await supportArchive(await textsOf(till, readiness()))
      try {
        await mkdir(dirname(path), { recursive: true, mode: 0o700 })
        await writeFile(path, archive, { flag: 'wx', mode: 0o600 })
      } catch (error) {
        const detail = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error'
        return { kind: 'not-written', detail }
      }
      return { kind: 'done', path, bytes: archive.length }
    },
  }
}

async function systemState({ dataDirectory, runner }: SystemTill): Promise<SystemState> {
  const disk = await statfs(dataDirectory).catch(() => null)
  const freeBytes = disk === null ? null : disk.bavail * disk.bsize
  const has = (name: string): boolean => existsSync(join(dataDirectory, name))
  return {
    version,
    machine: `${process.platform} ${process.arch}`,
    dataDirectory,
    freeBytes,
    isDiskLow: freeBytes !== null && freeBytes < freeBytesWarning,
    sealedStore: !has(sealedFileName) ? 'none' : has(desktopKeyFileName) ? 'desktop' : 'passphrase',
    openRefunds: runner.openRefunds().length,
  }
}

/** What a running till knows; the ledger's full walk is the backups' and `till verify`'s. */
async function textsOf(till: SystemTill, readiness: Readiness): Promise<readonly SupportText[]> {
  const at = systemClock.now()
  const lines = [
    ...till.runner.open().map((order) => {
      const { maskedCode: _left, ...view } = orderView(order, at)
      return view
    }),
    ...till.runner.openRefunds(),
  ]
  const { configurationFile } = till.settings
  return [
    versionsText(),
    { name: 'state.json', text: JSON.stringify({ system: await systemState(till), readiness }, null, 2) },
    await configurationText(configurationFile),
    { name: 'open.jsonl', text: lines.map((line) => `${JSON.stringify(line)}\n`).join('') },
    ...(await logTexts(till.dataDirectory)),
  ]
}
