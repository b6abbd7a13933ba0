import { type Check, freshOrderNumber, safeChecks } from './checks.ts'
import { type ContractTarget, openContractClient } from './client.ts'
import { storyChecks } from './story-checks.ts'

/** Runs the contract test and prints a line for each check; the number of breaches. */
export async function runContract(target: ContractTarget, print: (line: string) => void): Promise<number> {
  const client = openContractClient(target)
  const isTraining = await saysTraining(client)
  const checks: readonly Check[] = isTraining ? [...safeChecks, ...storyChecks] : safeChecks
  print(
    isTraining
      ? 'The server says that it is a training server: practice codes are played too.'
      : 'The server does not say that it is a training server: only what charges nobody is checked.',
  )
  let breaches = 0
  for (const { name, run } of checks) {
    let breach: string | undefined
    try {
      breach = await run(client)
    } catch {
      // The reason may quote an address or a header; the contract only says that there must be an answer.
      breach = 'no whole answer came'
    }
    if (breach !== undefined) breaches += 1
    print(breach === undefined ? `✔ ${name}` : `✖ ${name}: ${breach}`)
  }
  print(`${checks.length} checks, ${breaches} breaches`)
  return breaches
}

/** Only a signed answer is believed: a real server taken for a training one would be sent practice codes. */
async function saysTraining(client: ReturnType<typeof openContractClient>): Promise<boolean> {
  try {
    const told = await client.ask('query', { orderNumber: freshOrderNumber() })
    return told.signatureProblem === undefined && /"training"\s*:\s*true\b/.test(told.text)
  } catch {
    return false
  }
}
