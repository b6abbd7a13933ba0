import { actMeanings, acts } from './act.ts'
import { type Right, rightMeanings, rights, roles } from './rights.ts'

/** The page `docs/rights.md`, printed from the table in code; a test fails when the page is stale. */
export function rightsPage(): string {
  const meanings = Object.entries(rightMeanings).map(([right, meaning]) => `- \`${right}\`: ${meaning}`)
  const cell = (right: Right): string => `\`${right}\``
  return [
    '# Who may do what',
    '',
    'Printed from `electron/till/staff/rights.ts` by `npm run docs:states`; do not edit by hand. A test fails when this page',
    'is stale. A till without any staff set up asks for nothing but the one manager’s PIN where a case is settled.',
    '',
    ...meanings,
    '',
    `| act | is | ${roles.join(' | ')} |`,
    `| --- | --- | ${roles.map(() => '---').join(' | ')} |`,
    ...acts.map(
      (act) => `| \`${act}\` | ${actMeanings[act]} | ${roles.map((role) => cell(rights[act][role])).join(' | ')} |`,
    ),
    '',
    'Limits are settings (`staff.limits`); what is not set is zero.',
    '',
  ].join('\n')
}
