// `npm run package-check`: packs the till around a stand-in for Electron and looks at what was packed: the program and its
// device packages, nothing else; the fuses as electron-builder.yml sets them. Needs `npm run build` before.
import { spawnSync } from 'node:child_process'
import { existsSync, globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { listPackage } from '@electron/asar'
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses'
import { sizesInIcns, sizesInIco } from './icons/icon-files.ts'
import { makeStandInElectron } from './packaging/stand-in-electron.ts'
import { projectRoot } from './steps/step.ts'

const electronVersion = /^electronVersion: (\S+)$/m.exec(
  readFileSync(join(projectRoot, 'electron-builder.yml'), 'utf8'),
)?.[1]
if (electronVersion === undefined) throw new Error('electron-builder.yml names no electronVersion')
if (!existsSync(join(projectRoot, 'dist', 'electron', 'main.js'))) throw new Error('build first: npm run build')

const place = mkdtempSync(join(tmpdir(), 'scantill-package-'))
process.on('exit', () => rmSync(place, { recursive: true, force: true }))
const faults: string[] = []
const must = (truth: boolean, what: string): void => {
  if (!truth) faults.push(what)
}

const standIn = join(place, 'electron')
makeStandInElectron(standIn, electronVersion)
const builder = join(projectRoot, 'node_modules', 'electron-builder', 'cli.js')
const settings = [`-c.electronDist=${standIn}`, `-c.directories.output=${join(place, 'out')}`]
const packed = spawnSync(process.execPath, [builder, '--dir', '--linux', '--x64', '--publish', 'never', ...settings], {
  cwd: projectRoot,
  encoding: 'utf8',
})
if (packed.status !== 0) throw new Error(`electron-builder ended ${packed.status}:\n${packed.stdout}\n${packed.stderr}`)

const folder = join(place, 'out', 'linux-unpacked')
const listed = listPackage(join(folder, 'resources', 'app.asar'), { isPack: false }).map((path) =>
  path.replaceAll('\\', '/'),
)
const files = listed.filter((path) => /\.[^/]+$/.test(path))

for (const wanted of [
  '/package.json',
  '/dist/electron/main.js',
  '/dist/electron/preload.cjs',
  '/dist/electron/ledger-writer-worker.js',
  '/dist/renderer/index.html',
  '/node_modules/serialport/dist/index.js',
  '/node_modules/node-hid/nodehid.js',
]) {
  must(listed.includes(wanted), `${wanted} is missing`)
}
const tops = new Set(listed.map((path) => path.split('/')[1]))
must(
  [...tops].every((top) => ['dist', 'node_modules', 'package.json', 'LICENSE'].includes(top ?? '')),
  `at the top: ${[...tops].join(', ')}`,
)
const strangers = files.filter((path) => /\.(ts|map|md|pem|key|sqlite|test\.js)$|config\.json$/.test(path))
must(strangers.length === 0, `no part of a program: ${strangers.slice(0, 5).join(', ')}`)
const packages = new Set(listed.flatMap((path) => /^\/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? []))
const needed =
  /^(node-hid|serialport|@serialport\/.+|debug|ms|node-addon-api|node-gyp-build|pkg-prebuilds|yargs|y18n|cliui|escalade|get-caller-file|require-directory|string-width|yargs-parser|emoji-regex|is-fullwidth-code-point|strip-ansi|ansi-regex|wrap-ansi|ansi-styles|color-convert|color-name|@serialport)$/
const unneeded = [...packages].filter((name) => !needed.test(name))
must(unneeded.length === 0, `packages that no device needs: ${unneeded.join(', ')}`)

const natives = globSync('**/*.node', { cwd: join(folder, 'resources', 'app.asar.unpacked') })
must(natives.length > 0, 'no native module is unpacked')
const foreign = natives.filter((path) => !/linux-(x64|arm64)/.test(path))
must(foreign.length === 0, `of other systems: ${foreign.join(', ')}`)

const icon = (name: string): Buffer => readFileSync(join(projectRoot, 'assets', 'icons', name))
must(sizesInIco(icon('icon.ico')).includes(256), 'icon.ico has no picture of 256 pixels')
must(sizesInIcns(icon('icon.icns')).includes(1024), 'icon.icns has no picture of 1024 pixels')
must(existsSync(join(folder, 'resources', 'app-update.yml')), 'app-update.yml, which an update needs, is missing')

const wire = await getCurrentFuseWire(join(folder, 'scantill'))
const wanted = [
  [FuseV1Options.RunAsNode, FuseState.DISABLE],
  [FuseV1Options.EnableNodeOptionsEnvironmentVariable, FuseState.DISABLE],
  [FuseV1Options.EnableNodeCliInspectArguments, FuseState.DISABLE],
  [FuseV1Options.EnableCookieEncryption, FuseState.ENABLE],
  [FuseV1Options.EnableEmbeddedAsarIntegrityValidation, FuseState.ENABLE],
  [FuseV1Options.OnlyLoadAppFromAsar, FuseState.ENABLE],
  [FuseV1Options.GrantFileProtocolExtraPrivileges, FuseState.DISABLE],
] as const
for (const [fuse, state] of wanted) must(wire[fuse] === state, `fuse ${FuseV1Options[fuse]} is ${wire[fuse]}`)

if (faults.length > 0) {
  console.error(faults.join('\n'))
  process.exitCode = 1
} else {
  console.log(
    `package: ${files.length} files, ${packages.size} packages, ${natives.length} native modules, ${wanted.length} fuses as set`,
  )
}
