import type { Verdict } from '../../core/verdict.ts';
import { clipText } from '../visible-text.ts';

const LENGTH = 12;

/** What the keys of the charts call both models: `challenger 2.0.0`; long names are left to the provenance. */
export function modelNames({ shadow }: Verdict): { champion: string; challenger: string } {
  const named = (role: 'champion' | 'challenger'): string => {
    const name = shadow?.[role].name ?? '';
    return name === '' || name === role ? role : `${role} ${clipText(name, LENGTH)}`;
  };
  return { champion: named('champion'), challenger: named('challenger') };
}
