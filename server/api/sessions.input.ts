import { overrideInput, sessionChangeInput } from '../modules/scheduling/index.ts';

export const changeSessionBody = sessionChangeInput.extend({ override: overrideInput.optional() }).meta({
  id: 'SessionChange',
  description: 'What is not given stays. Everybody concerned is told, and gets a new invitation.',
});
