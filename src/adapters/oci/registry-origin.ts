/** Docker Hub's name, and the host where its API is. */
const HUB = 'docker.io';
const HUB_API = 'registry-1.docker.io';

/**
 * Where a registry's API is: `https://HOST`, or `http://HOST` for this machine's own (localhost, 127.0.0.0/8, [::1]) as Docker does.
 * `docker.io` is at registry-1.docker.io.
 */
export function registryOrigin(host: string): URL {
  const name = host === HUB ? HUB_API : host;
  const url = new URL(`https://${name}/`);
  if (isLoopback(url)) url.protocol = 'http:';
  // The default port of https was dropped by the parser.
  return isLoopback(url) ? new URL(`http://${name}/`) : url;
}

/** Whether a URL points at this machine. */
export function isLoopback(url: URL): boolean {
  return (
    url.hostname === 'localhost' || url.hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(url.hostname)
  );
}

/** Whether what is sent there cannot be read on the way: https, or this machine. */
export function isPrivate(url: URL): boolean {
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url));
}

/**
 * Whether one server may send us on to another: to https always; to http only on this machine, and only from this machine, so that a
 * registry elsewhere can neither strip the encryption nor reach into the machine.
 */
export function mayLeadTo(from: URL, to: URL): boolean {
  if (isLoopback(to)) return isLoopback(from) && isPrivate(to);
  return to.protocol === 'https:';
}
