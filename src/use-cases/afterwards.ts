/**
 * Records of an act that the service has already done. When one is lost, the act is still done, and the answer says so: a failure here
 * would send the person to do it again. (If the store is busy, a queue stores the record: `store/notes.ts`.) The log gets the kind of error.
 */
export async function afterwards(...notes: readonly Promise<unknown>[]): Promise<void> {
  for (const note of await Promise.allSettled(notes)) {
    if (note.status === 'rejected')
      console.error(`a note was lost: ${note.reason instanceof Error ? note.reason.name : typeof note.reason}`);
  }
}
