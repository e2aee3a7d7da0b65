import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { it } from 'vitest';
import { createRegistries } from '../../../src/adapters/oci/create-registries.ts';
import { parseImageRepository } from '../../../src/core/image.ts';
import { isInstalled, startDockerRegistry } from '../../support/docker-registry.ts';
import { startLoopbackRegistry } from '../../support/loopback-registry.ts';
import { registryContract } from './registry-contract.ts';

registryContract('an OCI image layout folder', async () => {
  const cwd = await mkdtemp(join(tmpdir(), 'known-good-layout-'));
  await mkdir(join(cwd, 'registry/bank'), { recursive: true });
  const registries = createRegistries({ cwd, env: {}, home: cwd });
  return {
    registry: registries.open(parseImageRepository('oci-layout:./registry/bank')),
    close: () => rm(cwd, { recursive: true }),
  };
});

const overHttp = (host: string) =>
  createRegistries({ cwd: '/', env: {}, home: '/nonexistent' }).open(
    parseImageRepository(`${host}/acme/bank`),
  );

registryContract('HTTP, a small registry', async () => {
  const server = await startLoopbackRegistry();
  return { registry: overHttp(server.host), close: () => server.close() };
});

registryContract('HTTP, a small registry with tokens', async () => {
  const server = await startLoopbackRegistry();
  server.auth = { kind: 'bearer', username: 'ada', password: 'correct horse' };
  const credentials = [{ host: server.host, username: 'ada', password: 'correct horse' }];
  const registries = createRegistries({ cwd: '/', env: {}, home: '/nonexistent', credentials });
  return {
    registry: registries.open(parseImageRepository(`${server.host}/acme/bank`)),
    close: () => server.close(),
  };
});

if (isInstalled('docker-registry'))
  registryContract("HTTP, the distribution project's own registry", async () => {
    const server = await startDockerRegistry();
    return { registry: overHttp(server.host), close: () => server.close() };
  });
else it.skip('docker-registry is not installed here: apt-get install docker-registry', () => undefined);
