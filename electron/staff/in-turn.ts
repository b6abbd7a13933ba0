/** Does acts one after the other, whatever becomes of each: two tries at once must not count as one. */
export function oneAtATime(): <Value>(act: () => Promise<Value>) => Promise<Value> {
  let turn: Promise<unknown> = Promise.resolve()
  return (act) => {
    const done = turn.then(act)
    turn = done.catch(() => undefined)
    return done
  }
}
