/**
 * Wording: what a provider, or one of its seminars, says in its mails in words of its own.
 *
 * Promises: only named placeholders are filled in, a text decides nothing; every change can be read and taken back.
 */
export { changeWording, resetWording, tryWording, wordingFor, wordingsOf, wordingHistory } from './wordings.ts';
export type { ChangeOfWording, WordingOwner } from './wordings.ts';
export { wordingInput } from './wording.input.ts';
export { filled, passages, placeholders, unknownPlaceholders } from './wording.rules.ts';
export type { Placeholder, Wording } from './wording.rules.ts';
