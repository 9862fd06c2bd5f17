import { sessionChangeInput } from '../modules/scheduling/index.ts';

export const changeSessionBody = sessionChangeInput.meta({
  id: 'SessionChange',
  description: 'What is not given stays. Everybody concerned is told, and gets a new invitation.',
});
