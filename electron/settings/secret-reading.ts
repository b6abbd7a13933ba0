/** A secret that the configuration names, or why it cannot be had; a complaint never holds a value. */
export type SecretReading =
  | { readonly ok: true; readonly value: string }
  | { readonly ok: false; readonly message: string }
