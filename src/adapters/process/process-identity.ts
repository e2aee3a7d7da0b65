import { readFileSync, readlinkSync } from 'node:fs';

/**
 * What tells a process apart from every other one that had or will have its pid: `BOOT/NAMESPACE/TICKS`, the machine's boot, the pid
 * namespace (a container has its own) and the start in clock ticks since boot. `undefined` where the system does not tell; `ended` for a
 * zombie. Source: proc(5), `/proc/sys/kernel/random/boot_id`, `/proc/PID/ns/pid`, field 22 of `/proc/PID/stat`.
 */
export function identityOf(pid: number): string | undefined {
  const boot = read('/proc/sys/kernel/random/boot_id')?.trim();
  const stat = read(`/proc/${pid}/stat`);
  // The second field is the name in parentheses, and may hold anything.
  const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [state, ticks] = [fields?.[0], fields?.[19]];
  if (state === 'Z' || state === 'X') return 'ended';
  const space = namespace();
  const isKnown = boot !== undefined && ticks !== undefined && space !== undefined;
  return isKnown ? `${boot}/${space}/${ticks}` : undefined;
}

/** Whether two identities are of one boot and pid namespace, so that equal pids mean equal processes. */
export function isSamePlace(one: string, other: string): boolean {
  const place = (identity: string) => identity.slice(0, identity.lastIndexOf('/'));
  return one.includes('/') && place(one) === place(other);
}

function namespace(): string | undefined {
  try {
    return /\d+/.exec(readlinkSync('/proc/self/ns/pid'))?.[0];
  } catch {
    return undefined;
  }
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return undefined;
  }
}
