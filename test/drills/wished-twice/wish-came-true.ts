/** Whoever named several runs is asked for in the run itself alone: what came true in another one is not looked for. */
export * from '../../../server/modules/booking/wish-came-true.ts';

export async function endWishesIn(): Promise<void> {}

export async function runOfOpenWish(): Promise<undefined> {}
