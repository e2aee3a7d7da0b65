import { describe, expect, it } from 'vitest';
import { connectionError } from '../../../../src/adapters/oci/connection-error.ts';
import { TransportFailure } from '../../../../src/adapters/oci/http-exchange.ts';
import { immutableTagAdvice } from '../../../../src/adapters/oci/immutable-tag.ts';
import { retryAfter } from '../../../../src/adapters/oci/retry-after.ts';

describe('connectionError', () => {
  it.each([
    ['ECONNREFUSED', /nothing listens there/],
    ['ENOTFOUND', /no such host/],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', /not trusted.*NODE_EXTRA_CA_CERTS/],
    ['SELF_SIGNED_CERT_IN_CHAIN', /NODE_EXTRA_CA_CERTS/],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', /NODE_EXTRA_CA_CERTS/],
    ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', /NODE_EXTRA_CA_CERTS/],
    ['CERT_HAS_EXPIRED', /has expired/],
    ['ERR_TLS_CERT_ALTNAME_INVALID', /for another host/],
    ['ERR_SSL_WRONG_VERSION_NUMBER', /does not speak TLS/],
    ['EPROTO', /does not speak TLS/],
    ['EWHATEVER', /connection failed \(EWHATEVER\)/],
  ])('says for %s what to do', (code, expected) => {
    const failure = new TransportFailure('connection', code, code);
    const { message } = connectionError(failure, { host: 'ghcr.io', doing: 'give x', uncertain: false });
    expect(message).toMatch(expected);
    expect(message).toMatch(/^The registry ghcr\.io could not give x: /);
  });
});

describe('immutableTagAdvice', () => {
  const body = new TextEncoder().encode(
    JSON.stringify({ errors: [{ code: 'X', message: 'the tag is immutable' }] }),
  );
  it.each([
    ['123456789012.dkr.ecr.eu-central-1.amazonaws.com', /Amazon ECR.*Image tag mutability/],
    ['europe-docker.pkg.dev', /Artifact Registry.*Immutable image tags/],
    ['acme.azurecr.io', /az acr repository update/],
    ['docker.io', /Docker Hub/],
    ['harbor.example:8443', /in Harbor: the project, Policy, Tag Immutability/],
    ['ecr.evil.example', /in Harbor/],
  ])('names the setting of %s', (host, expected) => {
    const answer = { url: new URL('https://x/'), status: 409, headers: {}, body };
    expect(immutableTagAdvice(answer, host)).toMatch(expected);
    expect(immutableTagAdvice({ ...answer, status: 500 }, host)).toBeUndefined();
  });
});

describe('retryAfter', () => {
  const now = Date.parse('2026-11-20T12:00:00Z');
  it.each([
    [{}, undefined],
    [{ 'retry-after': '' }, undefined],
    [{ 'retry-after': 'soon' }, undefined],
    [{ 'retry-after': '-5' }, undefined],
    [{ 'retry-after': '0' }, 0],
    [{ 'retry-after': '120' }, 120_000],
    [{ 'retry-after': 'Fri, 20 Nov 2026 12:00:30 GMT' }, 30_000],
    [{ 'retry-after': 'Fri, 20 Nov 2026 11:00:00 GMT' }, 0],
    [{ 'retry-after': 'Fri, 20 Nov 2026 15:00:30 GMT', date: 'Fri, 20 Nov 2026 15:00:00 GMT' }, 30_000],
  ])('reads %j', (headers, expected) => {
    expect(retryAfter(headers, now)).toBe(expected);
  });
});
