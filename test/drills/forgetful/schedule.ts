/** Nothing recurs: what the queue did not hear of stays lying. */
export const schedule = (): readonly never[] => [];
