import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Language } from '../electron/api/contract.ts'
import { openTrainingKeys } from '../electron/training/authority.ts'

/** Waits of a story's till: the order of things is that of the real figures, each of them shortened. */
export const shortPolicy = {
  firstQueryMs: 500,
  pollMs: 500,
  windowMs: 6_000,
  revokeMinAgeMs: 2_000,
  revokeRetryMs: [500, 500, 1_000],
  requestTimeoutMs: 2_000,
} as const

export type Policy = { readonly [Name in keyof typeof shortPolicy]: number | readonly number[] }

/** A folder that was never a till's, but for the training keys: making those takes longer than all the rest. */
export async function makeTemplate(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'scantill-story-template-'))
  await openTrainingKeys(folder, Date.now())
  return folder
}

export type DataFolderOptions = {
  readonly language: Language
  /** What differs from the short policy, for every channel. */
  readonly policy: Partial<Policy>
  /** What differs again for Alipay, so that one till can have a long wait and a short one. */
  readonly alipayPolicy: Partial<Policy>
  /** What the configuration has beside language and policy; told the folder, whose training keys are there. */
  readonly configure: (dataDirectory: string) => Promise<PartOfConfiguration>
}

/** A part of `config.json`; without channels the till is in training. */
export type PartOfConfiguration = Readonly<Record<string, unknown>> & {
  readonly channels?: readonly (Readonly<Record<string, unknown>> & { readonly id: string })[]
}

const trainingChannels = [{ id: 'wechat' }, { id: 'alipay' }] as const

/** A fresh data folder for one till, with its configuration. */
export async function makeDataFolder(template: string, options: DataFolderOptions): Promise<string> {
  const { language, policy, alipayPolicy, configure } = options
  const folder = await mkdtemp(join(tmpdir(), 'scantill-story-'))
  await cp(template, folder, { recursive: true })
  const ofAll = { ...shortPolicy, ...policy }
  const { channels = trainingChannels, ...configured } = await configure(folder)
  const policies = channels.map(({ id }) => [id, id === 'alipay' ? { ...ofAll, ...alipayPolicy } : ofAll] as const)
  const configuration = {
    // No story starts a process for guns but those that are about them.
    scanners: [],
    ...configured,
    ...(channels === trainingChannels ? {} : { channels }),
    language,
    policy: Object.fromEntries(policies),
  }
  await writeFile(join(folder, 'config.json'), JSON.stringify(configuration))
  return folder
}

export const removeFolder = (folder: string): Promise<void> => rm(folder, { recursive: true, force: true })
