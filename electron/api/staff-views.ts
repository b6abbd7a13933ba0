/** What a manager gives at the till so that an act is done (I15). Checked on the main side; it goes no further. */
export type ManagerProof = {
  /** The manager's number, or the whole name. */
  readonly staffNumber: string
  readonly pin: string
}
