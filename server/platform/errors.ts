/** What went wrong, for the person who asked: decides the HTTP status in `web/`, and whether a job tries again. */
export type ErrorKind =
  'invalid' | 'not-signed-in' | 'not-allowed' | 'not-found' | 'conflict' | 'gone' | 'too-many' | 'unavailable';

export type ErrorDetails = Record<string, string | number | boolean | Date>;

/**
 * A refusal that Mosaik utters on purpose. `code` is a stable kebab-case word (`booking-closed`), the key of its text in
 * every language and the `code` of a problem+json answer; `details` fill the text and never carry names or addresses.
 */
export class AppError extends Error {
  override readonly name = 'AppError';
  readonly code: string;
  readonly kind: ErrorKind;
  readonly details: ErrorDetails;

  constructor(code: string, kind: ErrorKind, message: string, details: ErrorDetails = {}) {
    super(message);
    this.code = code;
    this.kind = kind;
    this.details = details;
  }
}

/** Not there, or not yours: from outside both look the same. */
export function notFound(what: string): AppError {
  return new AppError('not-found', 'not-found', `There is no such ${what}.`);
}

export function notAllowed(): AppError {
  return new AppError('not-allowed', 'not-allowed', 'You may not do this.');
}

/** Asked at the top of a use case with an answer of the module's policy. @throws not-allowed */
export function authorise(allowed: boolean): void {
  if (!allowed) throw notAllowed();
}
