/**
 * Auth: who is at the door. Codes by mail, signed links, bearer tokens.
 *
 * Promises: the answer tells nobody whether an address is known; a link serves one purpose; no code or token is stored.
 */
export { startSignIn, finishSignIn, codeToSend, actorOfPerson } from './sign-in.ts';
export { invitePerson } from './invite-person.ts';
export { signInInput, signInCodeInput } from './auth.input.ts';
export { linkToken, idInToken, isTokenFor } from './link-token.ts';
export { createApiToken, actorOfApiToken } from './api-tokens.ts';
export { markDemo, isDemo, demoCodeOf } from './demo-mark.ts';
