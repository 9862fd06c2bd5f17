import type { AppError } from '../platform/errors.ts';

const fieldsOfCodes: Readonly<Record<string, string>> = {
  'session-ends-before-it-starts': 'until',
  'session-too-long': 'until',
  'sessions-overlap': 'from',
  'unknown-room': 'roomId',
  'location-missing': 'location',
  'session-over': 'date',
};

/** The field of a planned session that a refusal of the plan concerns: its `session` says which row. */
export function planField(refusal: AppError): string | undefined {
  const field = fieldsOfCodes[refusal.code];
  const { session } = refusal.details;
  return field === undefined || typeof session !== 'number' ? undefined : `sessions[${session}].${field}`;
}

/** The same where one session is edited alone. */
export function sessionField({ code }: AppError): string | undefined {
  return fieldsOfCodes[code];
}
