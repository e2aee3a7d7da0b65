import type { Lane } from '../../../src/core/lane.ts';

/** The lane that the scenarios are about. */
export const LANE: Lane = { model: 'bank', environment: 'production' };
/** Another lane of the same model. */
export const STAGING: Lane = { model: 'bank', environment: 'staging' };
