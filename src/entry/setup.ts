import { setUpRuntime } from './setup/set-up-runtime.ts';

process.exitCode = await setUpRuntime(process);
