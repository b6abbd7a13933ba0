import { runStep, type StepResult } from './step.ts'

/**
 * Everything that tells whether the source is right without building or showing it: format, lint, types, import rules,
 * source rules, unit tests. All of them run, also after a failure.
 */
export async function runCheckSteps(): Promise<readonly StepResult[]> {
  // Two at a time: the types keep one core busy for as long as the three small ones take together.
  const [types, small] = await Promise.all([
    runStep({ name: 'types', script: 'node_modules/typescript/bin/tsc', scriptArguments: ['-b'], show: 'on-failure' }),
    runSmallSteps(),
  ])
  const unit = await runStep({ name: 'unit tests', script: 'scripts/unit.ts', show: 'always' })
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
