import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { cruise, type ICruiseResult } from 'dependency-cruiser'
import configuration from '../../.dependency-cruiser.mjs'

/** One edge, or one file, that the table of allowed imports forbids. */
export type ImportBreach = {
  readonly rule: string
  readonly why: string
  readonly from: string
  /** What it imports; the file itself where the rule is about the file. */
  readonly to: string
}

const cruisedFolders = ['electron', 'native', 'renderer', 'e2e', 'scripts', 'bench', 'playwright.config.ts']

/** Every rule of .dependency-cruiser.mjs by its name. */
export const importRules: readonly string[] = (configuration.forbidden ?? []).map((rule) => rule.name ?? '')

/**
 * Checks the imports of the tree under `root` against .dependency-cruiser.mjs.
 *
 * Throws when the tool itself cannot work, for example without the TypeScript that it reads type-only imports with.
 */
export async function importBreaches(
  root: string,
): Promise<{ readonly filesRead: number; readonly breaches: readonly ImportBreach[] }> {
  const { output } = await cruise(
    cruisedFolders.filter((folder) => existsSync(join(root, folder))),
    { ...configuration.options, ruleSet: { forbidden: configuration.forbidden ?? [] }, validate: true, baseDir: root },
    configuration.options?.enhancedResolveOptions,
  )
  if (typeof output === 'string') throw new Error(`dependency-cruiser answered text: ${output.slice(0, 200)}`)
  return { filesRead: output.summary.totalCruised, breaches: breachesOf(output) }
}

function breachesOf({ summary }: ICruiseResult): ImportBreach[] {
  const why = new Map((configuration.forbidden ?? []).map((rule) => [rule.name, rule.comment ?? '']))
  return summary.violations.map(({ rule, from, to }) => ({ rule: rule.name, why: why.get(rule.name) ?? '', from, to }))
}
