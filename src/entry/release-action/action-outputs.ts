/** The outputs of actions/promote, rollback and verify. All are always set; what is not known is empty. */
export const LANE_OUTPUTS = ['outcome', 'message', 'lane', 'version', 'digest', 'from', 'head'] as const;

/** The outputs of actions/register. `release` is how the other actions name it: `MODEL@VERSION`. */
export const REGISTER_OUTPUTS = ['outcome', 'message', 'release', 'version', 'digest', 'head'] as const;

export type LaneOutputs = Partial<Record<(typeof LANE_OUTPUTS)[number], string>>;
export type RegisterOutputs = Partial<Record<(typeof REGISTER_OUTPUTS)[number], string>>;
