import type { Host } from './run-cli.ts';

/** Progress on one line of a terminal; nothing at all where stderr is not one. */
export function terminalProgress(host: Host, silent: boolean): { step(text: string): void; done(): void } {
  const live = host.stderr.isTTY === true && !silent;
  let open = false;
  return {
    step: (text) => {
      if (!live) return;
      open = true;
      host.stderr.write(`\r\x1b[2K${text} …`);
    },
    done: () => {
      if (open) host.stderr.write('\r\x1b[2K');
      open = false;
    },
  };
}
