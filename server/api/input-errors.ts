import { AppError } from '../platform/errors.ts';
import { MalformedRequest } from '../web/malformed.ts';

/** What is wrong where: `participants.0.email`, and the key of its sentence with the limits it names. */
export type Fault = { path: string; code: string; limits: Record<string, number> };

/** A request that no client would send by a slip: 400. */
export class MalformedInput extends MalformedRequest {
  readonly faults: readonly Fault[];

  constructor(faults: readonly Fault[]) {
    super('The request cannot be read.');
    this.faults = faults;
  }
}

/** Input that can be read and cannot be taken: 422. */
export class InvalidInput extends AppError {
  readonly faults: readonly Fault[];

  constructor(faults: readonly Fault[]) {
    super('invalid-input', 'invalid', 'The input has fields that are missing, wrong or unknown.');
    this.faults = faults;
  }
}
