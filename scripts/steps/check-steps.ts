import { runStep, type StepResult } from './step.ts'

/**
 * Everything that tells whether the source is right without building or showing it: format, lint, types, import rules,
 * source rules, unit tests. All of them run, also after a failure. Without the pure tests where those run elsewhere.
 */
export async function runCheckSteps({ withPureTests = true } = {}): Promise<readonly StepResult[]> {
  const smallSteps = runSmallSteps()
  // Two at a time: the types keep one core busy meanwhile.
  const [types, small, unit] = await Promise.all([
    runStep({ name: 'types', script: 'node_modules/typescript/bin/tsc', scriptArguments: ['-b'], show: 'on-failure' }),
    smallSteps,
    smallSteps.then(() =>
      runStep({
        name: withPureTests ? 'unit tests' : 'unit tests in time',
        script: 'scripts/unit.ts',
        scriptArguments: withPureTests ? [] : ['--now'],
        show: 'always',
      }),
    ),
  ])
  return [...small, types, unit]
}

async function runSmallSteps(): Promise<readonly StepResult[]> {
  const biome = 'node_modules/@biomejs/biome/bin/biome'
  return [
    await runStep({ name: 'format and lint', script: biome, scriptArguments: ['check', '.'], show: 'on-failure' }),
    await runStep({ name: 'import rules', script: 'scripts/check-imports.ts', show: 'on-failure' }),
    await runStep({ name: 'source rules', script: 'scripts/check-source.ts', show: 'on-failure' }),
  ]
}

/** The unit tests of values and of the simulated world: time does not matter to them, so they can wait for a free processor. */
export function runPureTests(): Promise<StepResult> {
  return runStep({
    name: 'unit tests of values and of the simulation',
    script: 'scripts/unit.ts',
    scriptArguments: ['--later'],
    show: 'always',
    inBackground: true,
  })
}
