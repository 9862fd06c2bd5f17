/** How groups may be booked: with the names of those who come, or also by the number of heads. */
export const groupWays = ['named', 'head-count'] as const;
export type GroupWay = (typeof groupWays)[number];
