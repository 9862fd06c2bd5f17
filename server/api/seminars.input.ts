import { seminarInput } from '../modules/catalogue/index.ts';

export const createSeminarBody = seminarInput.meta({
  id: 'NewSeminar',
  description: 'The catalogue entry: what is offered. `provider` is a slug, `language` an ISO 639 code.',
});
