/**
 * Demo: the model network with its programme, as it stands today, made by the use cases that people use.
 */
export { seedDemo, seedWhereNew } from './seed-demo.ts';
export { whoSignsIn } from './cast.ts';
