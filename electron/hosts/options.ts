import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'

/** Where the till's data and settings are, from arguments, environment or the user's default. */
export type StartOptions = {
  /** Absolute. */
  readonly dataDirectory: string
  /** Absolute; null is `config.json` in the data folder. */
  readonly configFile: string | null
}

export type StartOptionsReading =
  | { readonly ok: true; readonly options: StartOptions }
  /** A usage error, as a sentence. */
  | { readonly ok: false; readonly problem: string }

/** The part of the machine that the options depend on. */
export type Surroundings = {
  readonly platform: NodeJS.Platform
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly homeDirectory: string
}

/** This machine, as it is. */
export const surroundings = (): Surroundings => ({
  platform: process.platform,
  environment: process.env,
  homeDirectory: homedir(),
})

/**
 * The user's own data folder when none is named: one place for the browser host, Electron and the command line, so that
 * a till that was opened one way finds its open orders when it is opened another way.
 */
export function defaultDataDirectory({ platform, environment, homeDirectory }: Surroundings): string {
  if (platform === 'win32') return join(environment['APPDATA'] || join(homeDirectory, 'AppData', 'Roaming'), 'Scantill')
  if (platform === 'darwin') return join(homeDirectory, 'Library', 'Application Support', 'Scantill')
  return join(environment['XDG_DATA_HOME'] || join(homeDirectory, '.local', 'share'), 'scantill')
}

/**
 * Reads `--data DIR` and `--config FILE`; `SCANTILL_DATA` stands in for a missing `--data` (design §8).
 *
 * `strict` refuses anything else. Electron's own command line is not strict: Chromium's switches and the application's
 * path stand among the arguments.
 */
export function readStartOptions(
  args: readonly string[],
  { strict, machine }: { readonly strict: boolean; readonly machine: Surroundings },
): StartOptionsReading {
  const parsed = parse(args, strict)
  if (!parsed.ok) return parsed
  const { data, config } = parsed
  for (const [name, value] of [
    ['--data', data],
    ['--config', config],
  ] as const) {
    if (value === true || value === '') return { ok: false, problem: `${name} needs a path` }
  }
  const directory = data || machine.environment['SCANTILL_DATA'] || defaultDataDirectory(machine)
  return {
    ok: true,
    options: {
      dataDirectory: resolve(String(directory)),
      configFile: config === undefined ? null : resolve(String(config)),
    },
  }
}

type Parsed =
  | { readonly ok: true; readonly data: string | boolean | undefined; readonly config: string | boolean | undefined }
  | { readonly ok: false; readonly problem: string }

function parse(args: readonly string[], strict: boolean): Parsed {
  try {
    const { values } = parseArgs({
      args: [...args],
      strict,
      allowPositionals: !strict,
      options: { data: { type: 'string' }, config: { type: 'string' } },
    })
    return { ok: true, data: values.data, config: values.config }
  } catch {
    // parseArgs throws for usage errors only; its sentence may quote an argument, so the till has its own.
    return { ok: false, problem: 'usage: npm start -- [--data DIR] [--config FILE]' }
  }
}
