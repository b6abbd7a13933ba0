/** A user without rights, for the story of a gun that may not be read. */
export const plainUser = { userId: 1000, groupId: 1000 } as const
