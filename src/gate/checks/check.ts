import type { CheckResult } from '../../core/check.ts';
import type { GateFacts } from '../facts.ts';
import type { GateSettings } from '../settings.ts';

/** A check: facts and settings in, results out. Never throws for bad facts; what is missing is never a pass. */
export type Check = (facts: GateFacts, settings: GateSettings) => CheckResult[];
