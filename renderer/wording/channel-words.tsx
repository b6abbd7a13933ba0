import type { ReactNode } from 'react'
import { useApp } from '../shell/till-context.tsx'
import type { Catalogue } from './catalogue.ts'
import { inReversalWords, withoutRevoke } from './revoke-words.ts'
import { useWords, Words } from './words.tsx'

/** The sentences for an order of this channel: some call the revoke a reversal, and some have none. */
export function useChannelWords(channel: string | null): Catalogue {
  const words = useWords()
  const revoke = useApp(({ till }) => till.snapshot?.channelRevokes[channel ?? ''] ?? 'revoke')
  if (revoke === 'reversal') return inReversalWords(words)
  return revoke === 'none' ? withoutRevoke(words) : words
}

/** Gives every component below it the sentences for an order of this channel. */
export function ChannelWords(props: { readonly channel: string | null; readonly children: ReactNode }) {
  return <Words value={useChannelWords(props.channel)}>{props.children}</Words>
}
