/** The database in a directory cannot be opened; the message is a sentence for the person who starts Mosaik. */
export class EmbeddedError extends Error {
  override name = 'EmbeddedError';
}

const CODES = {
  InternalError: 1,
  BadValue: 2,
  NoSuchKey: 4,
  FailedToParse: 9,
  UserNotFound: 11,
  Unauthorized: 13,
  TypeMismatch: 14,
  Overflow: 15,
  InvalidLength: 16,
  AuthenticationFailed: 18,
  IllegalOperation: 20,
  InvalidBSON: 22,
  NamespaceNotFound: 26,
  IndexNotFound: 27,
  IndexBuildAborted: 276,
  PathNotViable: 28,
  CannotCreateIndex: 67,
  InvalidOptions: 72,
  InvalidNamespace: 73,
  CursorNotFound: 43,
  NamespaceExists: 48,
  MaxTimeMSExpired: 50,
  DollarPrefixedFieldName: 52,
  NotSingleValueField: 54,
  InvalidIdField: 53,
  EmptyFieldName: 56,
  CommandNotFound: 59,
  ConflictingUpdateOperators: 40,
  ImmutableField: 66,
  IndexOptionsConflict: 85,
  IndexKeySpecsConflict: 86,
  WriteConflict: 112,
  CommandNotSupported: 115,
  InvalidPipelineOperator: 168,
  NotWritablePrimary: 10107,
  TransactionTooOld: 225,
  SnapshotTooOld: 239,
  SnapshotUnavailable: 246,
  NoSuchTransaction: 251,
  TransactionCommitted: 256,
  OperationNotSupportedInTransaction: 263,
  ShutdownInProgress: 91,
  MechanismUnavailable: 334,
  UnsupportedOpQueryCommand: 352,
  BSONObjectTooLarge: 10334,
  DuplicateKey: 11000,
  OutOfDiskSpace: 14031,
  KeyTooLong: 17280,
} as const;

export type CodeName = keyof typeof CODES;

/** A command failed; carries MongoDB's error code, its labels and, for a duplicate key, the pattern and the value. */
export class CommandError extends Error {
  override name = 'CommandError';
  readonly code: number;
  readonly codeName: string;
  readonly labels: string[];
  readonly details: Record<string, unknown>;

  constructor(code: CodeName | number, message: string, labels: string[] = [], details: Record<string, unknown> = {}) {
    super(message);
    this.code = typeof code === 'number' ? code : CODES[code];
    this.codeName = typeof code === 'number' ? `Location${code}` : code;
    this.labels = labels;
    this.details = details;
  }
}

export const TRANSIENT = 'TransientTransactionError';

/** Whatever was thrown, as an error that can be told to a client. */
export function commandErrorOf(error: unknown): CommandError {
  if (error instanceof CommandError) return error;
  if (error instanceof RangeError) return new CommandError('Overflow', 'Document is nested too deeply or too large');
  const message = error instanceof Error ? error.message : String(error);
  return new CommandError('InternalError', message);
}
