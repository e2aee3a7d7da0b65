import { describe, expect, it } from 'vitest';
import { mayLeadTo, registryOrigin } from '../../../../src/adapters/oci/registry-origin.ts';

describe('registryOrigin', () => {
  it.each([
    ['ghcr.io', 'https://ghcr.io/'],
    ['docker.io', 'https://registry-1.docker.io/'],
    ['localhost', 'http://localhost/'],
    ['localhost:5000', 'http://localhost:5000/'],
    ['localhost:443', 'http://localhost:443/'],
    ['127.0.0.1:5000', 'http://127.0.0.1:5000/'],
    ['[::1]:5000', 'http://[::1]:5000/'],
    ['localhost.example:5000', 'https://localhost.example:5000/'],
    ['127.0.0.1.example', 'https://127.0.0.1.example/'],
    ['10.0.0.1:5000', 'https://10.0.0.1:5000/'],
  ])('%s is at %s', (host, origin) => {
    expect(registryOrigin(host).href).toBe(origin);
  });
});

describe('mayLeadTo', () => {
  it.each([
    ['https://a.example/', 'https://b.example/', true],
    ['https://a.example/', 'http://b.example/', false],
    ['https://a.example/', 'http://127.0.0.1/', false],
    ['https://a.example/', 'https://localhost/', false],
    ['http://127.0.0.1:1/', 'http://localhost:2/', true],
    ['http://127.0.0.1:1/', 'https://b.example/', true],
    ['http://127.0.0.1:1/', 'http://b.example/', false],
    ['https://a.example/', 'file:///etc/passwd', false],
  ])('%s to %s: %s', (from, to, may) => {
    expect(mayLeadTo(new URL(from), new URL(to))).toBe(may);
  });
});
