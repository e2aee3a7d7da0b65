import { setUpRuntime } from './setup/set-up-runtime.ts';

process.exitCode = await setUpRuntime(process, process.argv[2] === 'shadow' ? 'shadow' : 'gate');
