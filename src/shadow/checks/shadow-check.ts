import type { CheckResult } from '../../core/check.ts';
import type { ShadowFacts } from '../facts.ts';
import type { ShadowSettings } from '../settings.ts';

/** A check: facts and settings in, results out. Never throws for bad facts; what is missing is never a pass. */
export type ShadowCheck = (facts: ShadowFacts, settings: ShadowSettings) => CheckResult[];
