/** What an intent sets out to do. `repair` re-points a tag that a late write of a dead operation has moved. */
export const ACTIONS = ['promote', 'rollback', 'adopt', 'repair'] as const;
export type Action = (typeof ACTIONS)[number];
