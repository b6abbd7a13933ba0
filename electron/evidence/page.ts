import { shanghaiIso } from '../till/time.ts'
import type { EvidenceDocument } from './document.ts'
import { type BothLanguages, factRows, trainingOnly, verdictSentence, whatIsProven } from './sentences.ts'

const styles = `
@page { size: A4; margin: 14mm }
body { font: 10pt/1.35 "Noto Sans CJK SC", "Microsoft YaHei", "PingFang SC", sans-serif; color: #14202b; margin: 14mm auto; max-width: 182mm }
@media print { body { margin: 0 } }
h1 { font-size: 15pt; margin: 0 0 3mm } h2 { font-size: 11pt; margin: 5mm 0 1mm }
p { margin: 0 0 1mm }
.verdict { border: 1.5pt solid #9a3412; border-left-width: 6pt; padding: 3mm; font-size: 12pt; font-weight: 700 }
.verdict[data-closed="true"] { border-color: #0a6b33 }
.training { background: #ffd60a; padding: 1mm 3mm; margin-bottom: 2mm; font-weight: 700 }
table { width: 100%; border-collapse: collapse }
th, td { text-align: left; vertical-align: top; padding: 0.6mm 2mm 0.6mm 0; border-bottom: 0.4pt solid #b9c2cb; overflow-wrap: anywhere }
th { font-weight: 400; color: #4c5a67; width: 52mm }
td:first-child { white-space: nowrap; overflow-wrap: normal }
tr { break-inside: avoid }
code { font: 7.5pt/1.3 "Noto Sans Mono", "DejaVu Sans Mono", Consolas, monospace; overflow-wrap: anywhere }
.rests td { background: #eef6f0 }
.quiet { color: #4c5a67; font-size: 8.5pt }`

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

const escaped = (text: string): string => text.replace(/[&<>"']/g, (character) => escapes[character] ?? '')

const both = ({ en, zh }: BothLanguages): string => `<p lang="zh-CN">${escaped(zh)}</p><p lang="en">${escaped(en)}</p>`

/**
 * The evidence of one order as a page for people: self-contained, without scripts, for A4. The file beside it, whose name
 * is `jsonName`, holds the same and can be verified; the page cannot.
 */
export function evidencePage(document: EvidenceDocument, jsonName: string): string {
  const { closure, order } = document
  const rests = new Set(closure.restsOn)
  const facts = factRows(document)
    .map(([{ en, zh }, value]) => `<tr><th>${escaped(zh)}<br>${escaped(en)}</th><td>${escaped(value)}</td></tr>`)
    .join('\n')
  const entries = document.entries
    .map(
      ({ sequence, wallMs, type, payload, previousHash, hash }) => `<tr${rests.has(sequence) ? ' class="rests"' : ''}>
<td>#${sequence}</td>
<td><b>${escaped(type)}</b> ${escaped(shanghaiIso(wallMs))}<br><code>${escaped(payload)}</code><br>
<code>← ${escaped(previousHash)}<br>= ${escaped(hash)}</code></td></tr>`,
    )
    .join('\n')
  const own = new Set(document.entries.map(({ sequence }) => sequence))
  const foreign = document.chain.filter(({ sequence }) => !own.has(sequence))
  const bridges = foreign
    .map(({ sequence, previousHash, hash }) => `<code>#${sequence} ${escaped(previousHash)} → ${escaped(hash)}</code>`)
    .join('<br>\n')
  return `<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escaped(order.orderNumber)}</title>
<style>${styles}
</style>
</head>
<body>
<h1>了结证明 · Proof of closure</h1>
${document.training ? `<div class="training">${both(trainingOnly)}</div>\n` : ''}<div class="verdict" data-closed="${closure.isClosed}">${both(verdictSentence(closure.verdict))}</div>
<p class="quiet">依据记录 · Rests on entries: ${closure.restsOn.map((sequence) => `#${sequence}`).join(', ')}</p>
<h2>订单 · Order</h2>
<table>
${facts}
</table>
<h2>全部记录 · Every entry of this order</h2>
<table>
${entries}
</table>
<h2>链上其间的其他记录 · Other entries in between (${foreign.length})</h2>
<p>${bridges === '' ? '–' : bridges}</p>
<h2>如何核对 · How to verify</h2>
<p><code>till verify-evidence --file ${escaped(jsonName)}</code></p>
<p><code>till verify-evidence --file ${escaped(jsonName)} --data FOLDER</code></p>
<div class="quiet">${both(whatIsProven)}</div>
</body>
</html>
`
}
