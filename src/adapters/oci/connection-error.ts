import { KnownGoodError } from '../../core/errors.ts';
import { seen } from '../../core/seen.ts';
import type { TransportFailure } from './http-exchange.ts';

const HINTS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there. Start the registry, or check host and port',
  ENOTFOUND: 'there is no such host. Check its name in the config',
  EAI_AGAIN: 'its name cannot be looked up now. Check the network and DNS',
  ECONNRESET: 'the connection was cut. Run it again',
  EPIPE: 'the connection was cut. Run it again',
  ETIMEDOUT: 'no connection came about. Check network and firewall',
  EHOSTUNREACH: 'the host cannot be reached. Check network and firewall',
  ENETUNREACH: 'the network cannot be reached. Check the network',
  EPROTO: 'it does not speak TLS. Only registries on this machine are reached without TLS',
  CERT_HAS_EXPIRED: 'its certificate has expired. Renew it',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another host. Check the host in the config',
};

const UNTRUSTED =
  'its certificate is not trusted. If the registry has a certificate of your own authority, name that file in NODE_EXTRA_CA_CERTS';

/** The sentence for an exchange that brought no whole answer. `doing` completes "could not"; `uncertain` = a write may have happened. */
export function connectionError(
  failure: TransportFailure,
  { host, doing, uncertain }: { host: string; doing: string; uncertain: boolean },
): KnownGoodError {
  const wrote = uncertain ? ' It may or may not have been written: read the tag before trying again.' : '';
  return new KnownGoodError(
    'unavailable',
    `The registry ${seen(host, 200).slice(1, -1)} could not ${doing}: ${reasonOf(failure)}.${wrote}`,
  );
}

function reasonOf({ kind, code, message }: TransportFailure): string {
  if (kind === 'timeout') return `${message}. Check network and registry, and run it again`;
  if (kind !== 'connection') return message;
  if (code === undefined) return 'the connection failed';
  if (/^(?:ERR_SSL|ERR_TLS_PROTOCOL)/.test(code)) return HINTS['EPROTO'] ?? code;
  const hint = HINTS[code] ?? (/CERT|SIGNED|ISSUER|SIGNATURE/.test(code) ? UNTRUSTED : undefined);
  return hint === undefined ? `the connection failed (${code})` : `${hint} (${code})`;
}
