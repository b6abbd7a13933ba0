import { conditionOfSigns, type PrinterCondition } from './condition.ts'
import type { Conversation } from './conversation.ts'
import { errorSign, noSigns, offlineSigns, type PrinterSigns, paperSigns } from './framing/status-bytes.ts'
import type { PrinterProfile } from './printer-profile.ts'

/** What is remembered of a printer from one connection to the next. */
export type LineMemory = {
  /** A DLE EOT went unanswered: its answer may still come, and would be taken for the next one's. */
  owesRealTime: boolean
  /** The same for GS r. True at first: what an earlier run of the till left behind is not known. */
  owesQueued: boolean
  /** It has answered GS r before: when it does not now, it is at work. */
  knowsQueued: boolean
}

export const createLineMemory = (): LineMemory => ({ owesRealTime: false, owesQueued: true, knowsQueued: false })

/** How long a line is listened to for an answer that is owed, before its answers are believed again. */
export const owedMs = 200

/**
 * The printer's condition by DLE EOT 2 and 4, and 3 where there is an error (hardware.md §6.1): one question at a time, and
 * after one that got no answer no further one, because nothing in an answer tells to which question it belongs. `ended` when
 * the line went meanwhile; `silent` when it answered nothing, or nothing that can be believed.
 */
export async function askCondition(
  conversation: Conversation,
  profile: PrinterProfile,
  memory: LineMemory,
): Promise<PrinterCondition | 'ended'> {
  if (profile.realTimeStatus === 'never') return { kind: 'silent' }
  if (memory.owesRealTime) await conversation.listen(owedMs)
  const asked = await askOnce(conversation, profile.answerMs, memory)
  // A late answer pushed the others on: the line is settled now, so that a second round can be believed.
  const answers = asked === 'shifted' ? await askOnce(conversation, profile.answerMs, memory) : asked
  if (answers === 'ended') return 'ended'
  if (conversation.hasGarbage()) return { kind: 'silent' }
  const signs = typeof answers === 'string' ? conversation.report() : answers
  return signs === null ? { kind: 'silent' } : conditionOfSigns(signs)
}

async function askOnce(
  conversation: Conversation,
  answerMs: number,
  memory: LineMemory,
): Promise<PrinterSigns | 'nothing' | 'ended' | 'shifted'> {
  const before = conversation.unasked()
  const ask = async (question: Parameters<Conversation['ask']>[0]): Promise<number | 'nothing' | 'ended'> => {
    const reply = await conversation.ask(question, answerMs)
    if (reply.kind === 'answered') return reply.value
    memory.owesRealTime = true
    return reply.kind
  }
  const offline = await ask('offline-cause')
  if (typeof offline === 'string') return offline
  const paper = await ask('paper')
  if (typeof paper === 'string') return paper
  const offlineFound = offlineSigns(offline)
  const cause = offlineFound.error === null ? null : await ask('error-cause')
  if (typeof cause === 'string') return cause
  if (memory.owesRealTime) await conversation.listen(owedMs)
  if (conversation.unasked() !== before) return 'shifted'
  memory.owesRealTime = false
  const paperFound = paperSigns(paper)
  return {
    ...noSigns,
    ...offlineFound,
    paperLow: paperFound.paperLow,
    paperOut: offlineFound.paperOut || paperFound.paperOut,
    error: cause === null ? null : errorSign(cause),
  }
}
