/** An archive that cannot be written or read. Its message is a sentence for the administrator. */
export class ArchiveError extends Error {
  override readonly name = 'ArchiveError';
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'it is not there',
  EACCES: 'this user may not',
  EPERM: 'this user may not',
  EISDIR: 'it is a directory',
  ENOTDIR: 'it lies in what is no directory',
  ENOSPC: 'the disk is full',
  EROFS: 'the disk cannot be written',
};

/** What the system says about a file, as half a sentence. */
export function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return reasons[code] ?? (error instanceof Error ? error.message : String(error));
}
