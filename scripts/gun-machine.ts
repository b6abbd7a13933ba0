// `npm run gun-machine`: scan guns that are made of software plugged into a virtual machine, and the till's own device
// process reading them there through the real drivers (docs/scanners.md, "Tried in a virtual machine"). Fetches what it
// needs by apt, once. Ends with 1 on a failed check, with 0 where there can be no such machine.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { bundleGuest } from './gun-machine/guest-bundle.ts'
import { initramfs } from './gun-machine/initramfs.ts'
import { runMachine } from './gun-machine/machine.ts'
import { fetchPackages } from './gun-machine/packages.ts'
import { failedChecks, readReport, readReportLine, reportTable } from './gun-machine/report.ts'
import { lookAround, skipReason } from './gun-machine/surroundings.ts'
import { systemFiles } from './gun-machine/system-files.ts'
import { projectRoot } from './steps/step.ts'

/** A run takes a minute or two of one core; a computer that is busy with ten other things gives it a tenth. */
const limitMs = 40 * 60_000

/** Runs the machine and answers the exit code. */
async function gunMachine(): Promise<number> {
  const folder = join(projectRoot, '.cache/gun-machine')
  mkdirSync(folder, { recursive: true })
  const reason = skipReason(lookAround())
  const fetching = reason === null ? await fetchPackages(folder) : { ok: false as const, reason }
  if (!fetching.ok) {
    console.log(`skipped: because ${fetching.reason}`)
    return 0
  }

  const { packages } = fetching
  const system = systemFiles(packages.root)
  const bundle = join(folder, 'guest')
  await bundleGuest(projectRoot, bundle)
  const memoryDisk = join(folder, 'initramfs.cpio')
  const image = initramfs({ root: projectRoot, packages, system, bundle })
  writeFileSync(memoryDisk, image)
  console.log(
    `Linux ${packages.kernelRelease} in an emulated machine, ${Math.round(image.length / 2 ** 20)} MiB of memory disk …`,
  )

  const startedMs = performance.now()
  const seconds = (): string => `${((performance.now() - startedMs) / 1000).toFixed(0)} s`
  const consoleFile = join(folder, 'console.log')
  const end = await runMachine(
    {
      program: system.program('qemu-system-x86_64'),
      environment: system.environment,
      kernel: join(packages.root, 'boot', `vmlinuz-${packages.kernelRelease}`),
      memoryDisk,
      consoleFile,
      limitMs,
    },
    (line) => {
      const told = readReportLine(line)
      if (told?.type === 'check') console.log(`${seconds().padStart(6)}  ${told.passed ? '✔' : '✖'} ${told.name}`)
    },
  )
  const report = readReport(end.output)
  console.log(`\n${reportTable(report)}\n`)
  const failed = failedChecks(report)
  if (end.how === 'switched-off' && report.complete && failed.length === 0) {
    console.log(`gun machine: all checks passed, ${seconds()}`)
    return 0
  }
  const how = report.complete ? '' : `, the machine ${end.how === 'timed-out' ? 'hung' : 'stopped'} before its end`
  console.log(`gun machine: ${failed.length} checks failed or were not reached${how}; its console: ${consoleFile}`)
  if (end.problem !== '') console.log(end.problem)
  return 1
}

process.exitCode = await gunMachine()
