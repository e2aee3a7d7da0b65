import type { LedgerStore } from '../../core/ledger-store.ts';
import { openWithoutConfig } from './release-context.ts';
import type { SharedValues } from './release-flags.ts';
import type { Host } from './run-cli.ts';

/** The ledger that knows the releases of a shadow. */
export async function openShadowLedger(values: SharedValues, host: Host): Promise<LedgerStore> {
  const { ports } = await openWithoutConfig(values, host);
  return ports.ledger;
}
