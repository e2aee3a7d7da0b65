/** What credentials, ssh, proxies and certificates need; every other variable that steers git is dropped. */
const KEPT =
  /^GIT_(?:ASKPASS|SSH(?:_COMMAND|_VARIANT)?|PROXY_\w+|SSL_\w+|HTTP_\w+|EXEC_PATH|ALLOW_PROTOCOL|CEILING_DIRECTORIES|CONFIG_(?:GLOBAL|SYSTEM|NOSYSTEM|COUNT|PARAMETERS|KEY_\d+|VALUE_\d+))$/;

/** Our environment for git: no foreign repository, index or object folder, no prompt, no editor, no translation. */
export function gitEnvironment(ours: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const kept = Object.entries(ours).filter(
    ([name]) => !name.toUpperCase().startsWith('GIT_') || KEPT.test(name.toUpperCase()),
  );
  return {
    ...Object.fromEntries(kept),
    LC_ALL: 'C',
    GIT_TERMINAL_PROMPT: '0',
    GIT_EDITOR: 'false',
    GIT_NO_REPLACE_OBJECTS: '1',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_COMMITTER_NAME: 'Known Good',
    GIT_COMMITTER_EMAIL: 'known-good@localhost',
  };
}

/**
 * Settings that hold whatever the user's say: no hooks, signing, new reflogs, submodules or housekeeping. Objects and
 * the branch reach the disk before git answers; a lock is waited for at most a second, a silent server 30 seconds.
 */
export const GIT_SETTINGS: readonly string[] = [
  'core.hooksPath=/dev/null',
  'core.logAllRefUpdates=false',
  'core.fsync=loose-object,pack,reference',
  'core.filesRefLockTimeout=1000',
  'core.packedRefsTimeout=1000',
  'gc.auto=0',
  'maintenance.auto=false',
  'push.gpgSign=false',
  'push.followTags=false',
  'push.recurseSubmodules=no',
  'push.useForceIfIncludes=false',
  'fetch.prune=false',
  'fetch.recurseSubmodules=false',
  'fetch.writeCommitGraph=false',
  'submodule.recurse=false',
  'credential.interactive=false',
  'protocol.ext.allow=never',
  'http.lowSpeedLimit=1',
  'http.lowSpeedTime=30',
].flatMap((setting) => ['-c', setting]);
