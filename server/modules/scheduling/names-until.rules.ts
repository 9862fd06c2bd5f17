/** What becomes of places that have no name after the last day for names: they stay, or make way for those who wait. */
export const afterNamesWays = ['stay', 'wait'] as const;
export type AfterNames = (typeof afterNamesWays)[number];
