import { resolve } from 'node:path';
import type { ImageRepository } from '../../core/image.ts';
import { formatImageRepository } from '../../core/image.ts';
import type { Timer } from '../../core/ports.ts';
import type { Registries, Registry } from '../../core/registry.ts';
import type { CredentialPlaces, FoundCredential, GivenCredential } from './find-credential.ts';
import { findCredential } from './find-credential.ts';
import { HttpRegistry } from './http-registry.ts';
import { LayoutRegistry } from './layout-registry.ts';
import { createSend } from './send-request.ts';
import { machineTimer } from './machine-timer.ts';

/** What registries are opened with. */
export interface RegistriesOptions {
  /** Folder that `oci-layout:` paths are relative to. */
  cwd: string;
  env: Readonly<Record<string, string | undefined>>;
  /** The user's home folder, for Docker's configuration. */
  home: string;
  /** Credentials that the caller has, each for one host; before those of Docker's configuration. */
  credentials?: readonly GivenCredential[];
  /** Those that serve where Docker's configuration has none for their host. */
  otherwise?: readonly GivenCredential[];
  /** The machine's own time if not said. */
  timer?: Timer;
  /** Milliseconds for one question to a registry and its answer; 30 s if not said. */
  timeoutMs?: number;
}

/** Opens registries over HTTP and layout folders. A repository is opened once, so that its token and connections are used again. */
export function createRegistries(options: RegistriesOptions): Registries {
  const opened = new Map<string, Registry>();
  const open = opener(options);
  return {
    open: (image) => {
      const key = formatImageRepository(image);
      const registry = opened.get(key) ?? open(image);
      opened.set(key, registry);
      return registry;
    },
  };
}

function opener(options: RegistriesOptions): (image: ImageRepository) => Registry {
  const { cwd, env, home, credentials = [], otherwise = [], timer = machineTimer, timeoutMs } = options;
  const send = createSend();
  const find = findOnce({ given: credentials, otherwise, env, home });
  return (image) => {
    if (image.kind === 'layout') return new LayoutRegistry(resolve(cwd, image.path), timer);
    const { host, name } = image;
    const client = { host, name, timer, send, find: () => find(host) };
    return new HttpRegistry(timeoutMs === undefined ? client : { ...client, timeoutMs });
  };
}

/** One look a host: credential helpers can be slow, or ask the user. */
function findOnce(places: CredentialPlaces): (host: string) => Promise<FoundCredential> {
  const looks = new Map<string, Promise<FoundCredential>>();
  return (host) => {
    const look = looks.get(host) ?? findCredential(host, places);
    looks.set(host, look);
    return look;
  };
}
