declare const brand: unique symbol

/** A value of type `Base` that cannot be swapped for another branded `Base` by accident. */
export type Branded<Base, Name extends string> = Base & { readonly [brand]: Name }

/** Closes a switch over a union: a member that was forgotten is a type error, and a bug if it happens at run time. */
export function assertNever(value: never, subject: string): never {
  throw new Error(`${subject}: unexpected ${JSON.stringify(value)}`)
}
