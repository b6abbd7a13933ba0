// Collects an amount at the till and waits for the end: node pos-client.mjs REFERENCE 23.50
// Run again with the same reference it hears the same answer and charges nobody twice, whatever died in between.
const [reference, amount] = process.argv.slice(2)
const { SCANTILL_POS_URL: url, SCANTILL_POS_TOKEN: token } = process.env
const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }

async function ask() {
  const body = JSON.stringify({ reference, amount })
  const answer = await fetch(`${url}/collections`, { method: 'POST', headers, body })
  const said = await answer.json()
  if (answer.ok || answer.status >= 500) return said
  throw Object.assign(new Error(said.message), { code: said.code })
}

async function waitForNews() {
  const events = await fetch(`${url}/collections/${reference}/events`, { headers })
  for await (const text of events.body.pipeThrough(new TextDecoderStream())) process.stderr.write(text)
}

for (;;) {
  // A till that is closed, or closes: wait, and ask again with the same reference. Never with another one.
  const said = await ask().catch((error) => (error.code ? Promise.reject(error) : { final: false }))
  if (said.final || said.status === 'attention') {
    console.log(JSON.stringify(said))
    process.exit(said.status === 'paid' ? 0 : 1)
  }
  await waitForNews().catch(() => undefined)
  await new Promise((resolve) => setTimeout(resolve, 500))
}
