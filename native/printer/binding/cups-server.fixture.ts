import { execFileSync, spawn } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const programs = ['/usr/sbin/cupsd', '/usr/sbin/lpadmin', '/usr/bin/lp', '/usr/bin/lpstat']

/** Why the test against a real CUPS does not run, or false: it starts a server, so it is asked for by name. */
export const withoutCups: string | false =
  process.env.SCANTILL_TEST_CUPS !== '1'
    ? 'set SCANTILL_TEST_CUPS=1 where the Debian packages cups and cups-client are installed'
    : programs.every((path) => existsSync(path))
      ? false
      : `needs ${programs.join(', ')}`

/** A CUPS server of its own in a folder of its own; the system's is not touched. */
export async function startCups() {
  const folder = mkdtempSync(join(tmpdir(), 'cups-'))
  chmodSync(folder, 0o755) // its printing programs run as the user lp
  const socket = join(folder, 'sock')
  for (const name of ['server', 'state', 'cache', 'spool', 'log']) mkdirSync(join(folder, name))
  const open = '<Location />\nOrder allow,deny\nAllow all\n</Location>\n'
  const policy = '<Policy default>\n<Limit All>\nOrder deny,allow\nAllow all\n</Limit>\n</Policy>\n'
  writeFileSync(join(folder, 'cupsd.conf'), `Listen ${socket}\nDefaultAuthType None\n${open}${policy}`)
  const places = { ServerRoot: 'server', StateDir: 'state', CacheDir: 'cache', RequestRoot: 'spool' }
  const logs = { AccessLog: 'log/access', ErrorLog: 'log/error', PageLog: 'log/page' }
  const lines = Object.entries({ ...places, ...logs }).map(([name, path]) => `${name} ${join(folder, path)}\n`)
  writeFileSync(join(folder, 'cups-files.conf'), lines.join(''))
  const parameters = ['-f', '-c', join(folder, 'cupsd.conf'), '-s', join(folder, 'cups-files.conf')]
  const server = spawn('/usr/sbin/cupsd', parameters, { stdio: 'ignore' })
  const ended = new Promise<void>((resolve) => server.once('exit', () => resolve()))
  const environment = { ...process.env, CUPS_SERVER: socket, LC_ALL: 'C' }
  const admin = (...options: readonly string[]): void => {
    execFileSync('/usr/sbin/lpadmin', [...options], { env: environment, stdio: 'ignore' })
  }
  for (let tries = 0; !existsSync(socket) && tries < 500; tries += 1) {
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
  return {
    socket,
    /** Adds a queue that hands bytes to a TCP port as they are. */
    addRawQueue: (name: string, port: number): void => {
      admin('-p', name, '-E', '-v', `socket://127.0.0.1:${port}`, '-m', 'raw')
    },
    stopQueue: (name: string): void => {
      execFileSync('/usr/sbin/cupsdisable', [name], { env: environment, stdio: 'ignore' })
    },
    stop: async (): Promise<void> => {
      server.kill()
      await ended
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
