/** The ground without transactions: what several requests do at once gets mixed up. Events and messages are left out. */
export * from '../../../server/platform/database.ts';

export function inTransaction<Result>(work: () => Promise<Result>): Promise<Result> {
  return work();
}

export function insertAtCommit(): void {}

export function tellAfterCommit(): void {}
