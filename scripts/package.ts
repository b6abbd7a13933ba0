// `npm run package [-- ARGUMENT…]`: installers of this system, by electron-builder.yml, on a machine that has Electron's
// files or can fetch them. docs/packaging.md
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { build } from './build.ts'
import { projectRoot } from './steps/step.ts'

await build({ targets: ['renderer', 'electron'] })
const builder = join(projectRoot, 'node_modules', 'electron-builder', 'cli.js')
const given = process.env['ELECTRON_OVERRIDE_DIST_PATH']
const dist = given === undefined || given === '' ? [] : [`-c.electronDist=${given}`]
const { status } = spawnSync(process.execPath, [builder, '--publish', 'never', ...dist, ...process.argv.slice(2)], {
  cwd: projectRoot,
  stdio: 'inherit',
})
if (status !== 0) {
  console.error(
    'No installer was made. Where "electron" could not be downloaded: name an unpacked copy in ELECTRON_OVERRIDE_DIST_PATH.',
  )
  process.exitCode = 1
}
