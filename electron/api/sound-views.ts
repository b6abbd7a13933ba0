/** How loud this till is. A volume is a part of what the machine itself is set to, in percent from 0 to 100. */
export type SoundSetting = {
  readonly on: boolean
  readonly tonesPercent: number
  readonly voicePercent: number
}

/** What became of a new setting. Unless it is `kept`, it holds until the till is closed. */
export type SoundResult =
  | { readonly kind: 'kept'; readonly file: string }
  /** The configuration was edited meanwhile and has mistakes, which are named; it is left as it is. */
  | { readonly kind: 'configuration-problem'; readonly file: string; readonly problem: string }
  | { readonly kind: 'disk-error'; readonly file: string; readonly detail: string }

/** The calls about sound; part of `Calls`. */
export type SoundCalls = {
  /** Keeps the setting of this machine; nobody's right is needed, as for the scan guns' threshold. */
  'sound.keep': { readonly request: SoundSetting; readonly reply: SoundResult }
}
